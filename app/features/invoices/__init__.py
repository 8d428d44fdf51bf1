"""Invoices, what is paid and paid back, and credit notes."""
