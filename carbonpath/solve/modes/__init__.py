"""Ways of solving: loops around building and solving."""
