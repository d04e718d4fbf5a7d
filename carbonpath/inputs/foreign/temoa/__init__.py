"""Temoa: schema v4 databases become ordinary datasets."""
