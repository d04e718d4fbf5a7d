"""The model broken on purpose; a command of its own."""
