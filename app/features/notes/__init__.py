"""What either side writes down about a client's way, for itself or for both."""
