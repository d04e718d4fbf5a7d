"""Least-cost pathways of a Chinese province to its carbon peak."""
