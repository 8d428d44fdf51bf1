"""What happens after an event: planning, jobs and e-mail."""
