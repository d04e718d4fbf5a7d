"""Tests, in folders that say what they prove."""
