"""Pictures of a practice that anybody may see: its logo, its coaches' portraits."""
