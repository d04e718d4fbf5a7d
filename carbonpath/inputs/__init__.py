"""Files to tables to system: reads, checks, converts and assembles the inputs."""

from carbonpath.inputs.load import Examination, Loaded, examine, load, load_system, load_tables
from carbonpath.inputs.resolved import content_hash
from carbonpath.inputs.tables import Tables

__all__ = [
    "Examination",
    "Loaded",
    "Tables",
    "content_hash",
    "examine",
    "load",
    "load_system",
    "load_tables",
]
