"""Paying invoices online: Stripe or play money, pay links, what providers tell, and refunds."""
