"""Which letters people get at once, once a day, or not at all."""
