"""Queries, one file per aggregate; nothing else in Atrium speaks SQL about its tables."""
