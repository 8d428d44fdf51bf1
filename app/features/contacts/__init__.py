"""People in the practice's CRM."""
