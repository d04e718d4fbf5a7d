"""Other tools' data, brought into the same tables."""
