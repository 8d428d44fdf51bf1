"""The practice's team."""
