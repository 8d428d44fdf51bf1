"""Atrium: the client portal API for coaching practices."""
