"""Forms a practice asks its clients to fill in, and what they answer."""
