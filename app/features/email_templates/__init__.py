"""What a practice says in its letters in words of its own."""
