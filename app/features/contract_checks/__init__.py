"""Checking copies of contracts, for anybody who holds one."""
