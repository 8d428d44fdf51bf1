"""What both sides say about the things they share: notes, goals, assignments, files."""
