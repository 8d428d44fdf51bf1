"""What a coach shows of themselves to clients, field by field."""
