"""Texts that contracts are made from, with variables and places to sign."""
