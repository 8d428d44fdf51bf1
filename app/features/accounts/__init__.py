"""People's accounts and how they sign in."""
