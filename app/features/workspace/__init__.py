"""The practice itself: its name, its looks, how it writes to people and invoices them."""
