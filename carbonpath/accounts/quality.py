"""Where the numbers come from: how many of each quality, and the sources used."""

import pandas as pd

from carbonpath.results.results import Results

QUALITIES = ("official", "derived", "proxy", "assumed")


def quality_mix(results: Results) -> pd.DataFrame:
    """Return how many resolved values of each table have which quality."""
    values = results.tables.get("values")
    if values is None or "quality" not in values or not len(values):
        return pd.DataFrame(columns=["table", *QUALITIES])
    kind = next((c for c in ("table", "sector", "parameter") if c in values), "quality")
    counts = pd.crosstab(values[kind], values["quality"]).reindex(columns=QUALITIES, fill_value=0)
    return counts.rename_axis(columns=None).rename_axis("table").reset_index()


def sources_used(results: Results) -> pd.DataFrame:
    """Return the sources with how many resolved values rest on each."""
    sources = results.tables.get("sources")
    if sources is None or not len(sources):
        return pd.DataFrame(columns=["source", "title", "publisher", "number", "year", "values"])
    values = results.tables.get("values")
    known = values is not None and "source" in values
    counted = values["source"].value_counts().to_dict() if values is not None and known else {}
    used = sources.copy()
    used["values"] = [int(counted.get(source, 0)) for source in used["source"]]
    return used.sort_values(["values", "source"], ascending=[False, True]).reset_index(drop=True)
