"""The fields a practice adds to its contacts."""
