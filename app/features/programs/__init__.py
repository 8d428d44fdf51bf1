"""Programs a practice offers, who is enrolled in them, and the credits that come with them."""
