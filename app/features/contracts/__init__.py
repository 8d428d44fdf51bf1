"""Agreements: sent, read, consented to, signed in order, sealed, and provable afterwards."""
