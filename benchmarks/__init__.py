"""Measurements of building against other routes to the same matrix."""
