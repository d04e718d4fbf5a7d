"""The commands: parse, call the pipeline, print. Nothing heavy is imported before it is needed."""

from carbonpath.cli.entry import main

__all__ = ["main"]
