"""`python -m carbonpath` is the command `carbonpath`."""

from carbonpath.cli import main

main()
