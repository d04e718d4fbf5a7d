"""The commands: parse, call the pipeline, print. Nothing heavy is imported before it is needed."""

import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run one command; Ctrl-C while the program is still starting ends it like any other time."""
    try:
        from carbonpath.cli.entry import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


__all__ = ["main"]
