"""What spans features."""
