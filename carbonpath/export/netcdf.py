"""A result as one self-describing NetCDF file."""

import json

from carbonpath.results.results import Results
from carbonpath.results.store import to_netcdf

TOLD = ("id", "title", "status", "solved_at", "inputs_hash", "options", "versions")


def file(results: Results) -> bytes:
    """Return the dataset with what the manifest says about its making."""
    made = {name: results.manifest[name] for name in TOLD if name in results.manifest}
    described = results.dataset.assign_attrs(
        scenario=results.id, manifest=json.dumps(made, ensure_ascii=False, sort_keys=True)
    )
    return to_netcdf(described)
