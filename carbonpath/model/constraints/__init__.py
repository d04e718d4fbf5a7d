"""The constraints, one file per family; a file counts by being there."""

from carbonpath.model.declare import load

load(__name__, __path__)
