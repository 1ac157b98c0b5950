"""Frozen values that every room may use; no I/O, no clock, no randomness."""
