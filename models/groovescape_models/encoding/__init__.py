"""Patterns to arrays and back, in the layouts that the networks read."""
