"""What coaches give clients to do between sessions, and what becomes of it."""
