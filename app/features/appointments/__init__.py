"""Free times, and the meetings booked in them."""
