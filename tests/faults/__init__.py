"""Real faults; a command of its own."""
