"""When coaches work, and what can be booked with them."""
