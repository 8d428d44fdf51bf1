"""What was mailed to whom, and the log of what happened."""
