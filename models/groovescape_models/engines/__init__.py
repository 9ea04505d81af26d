"""Engines answer requests with patterns: the seam between music and machine learning."""
