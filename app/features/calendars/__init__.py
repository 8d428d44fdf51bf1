"""Calendars elsewhere: feeds of what is booked here, and what keeps coaches busy there."""
