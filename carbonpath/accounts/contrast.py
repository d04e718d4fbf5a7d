"""What a reader needs to argue about several pathways: differences, targets, inputs, facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.costs import total_cost
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.declare import Accounts
from carbonpath.accounts.grouping import ratio, years
from carbonpath.accounts.limits import column, is_target, limit_rows, text
from carbonpath.accounts.peak import peak_of
from carbonpath.accounts.scorecard import scorecard
from carbonpath.results.results import Results

VIEWS = ("level", "difference", "percent")
NO_LAG = ("", "0", "0.0")
CNY_PER_T = 1e3
"""1 bn CNY per Mt are 1000 CNY per tonne."""
LEAST = 1.0
"""Mt: a smaller difference of emissions gives no price per tonne."""
NOTHING = 1e-9


@dataclass(frozen=True)
class Target:
    """One target over several pathways; `lines` holds the scorecard's line of each that has it."""

    id: str
    year: int | None
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def any(self) -> dict[str, Any]:
        """A line that tells label, unit and regime."""
        return next(iter(self.lines.values()))

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands: missed first, then missed but only tracked, then met; by year."""
        missed = [line for line in self.lines.values() if not line["met"]]
        acting = any(line["mode"] != "track" for line in missed)
        return (0 if acting else 1 if missed else 2, self.year or 0)


def targets_of(solved: Sequence[Results]) -> list[Target]:
    """Return the targets of all pathways side by side, missed ones first."""
    found: dict[tuple[str, int | None], Target] = {}
    for results in solved:
        for line in scorecard(results).to_dict("records"):
            year = None if line["year"] != line["year"] or line["year"] is None else line["year"]
            key = (str(line["id"]), None if year is None else int(year))
            target = found.setdefault(key, Target(*key))
            target.lines[results.id] = {str(name): value for name, value in line.items()}
    return sorted(found.values(), key=lambda target: target.rank)


def views(values: xr.DataArray, base: xr.DataArray, over: str = "") -> dict[str, xr.DataArray]:
    """Return values, their difference from the baseline, and that in per cent of the baseline.

    With `over` the per cent are of the baseline's sum over that dimension.
    """
    here, there = xr.align(values, base, join="left", fill_value=0.0) if over else (values, base)
    apart = here - there
    whole = there.sum(over) if over else there
    relative = ratio(apart, abs(whole)) * 100.0
    attrs = values.attrs
    return {
        "level": values,
        "difference": apart.assign_attrs(attrs),
        "percent": relative.assign_attrs({**attrs, "unit": "%"}),
    }


def positions(frame: pd.DataFrame) -> pd.DataFrame:
    """Return where each value of a row stands between its least (0) and its greatest (1).

    A row whose values are all equal has no position.
    """
    least = frame.min(axis="columns")
    width = frame.max(axis="columns") - least
    scale = frame.abs().max(axis="columns")
    told = width.where(width > 1e-6 * scale)
    return frame.sub(least, axis="index").div(told, axis="index")


@dataclass(frozen=True)
class Facts:
    """A pathway in one line; differences are from the baseline, None for the baseline itself."""

    id: str
    met: int
    targets: int
    peak_year: int
    peak: float
    cumulative: float
    cost: float
    cumulative_difference: float | None = None
    cost_difference: float | None = None
    cost_per_tonne: float | None = None


def facts(accounts: Accounts, baseline: Accounts | None = None) -> Facts:
    """Return what a pathway reaches, emits and costs; Mt, bn CNY_2020, CNY per t.

    Other money than CNY is per Mt.
    """
    results = accounts.results
    c1 = accounts["co2_by_scope"].sel(scope="C1")
    top, card = peak_of(c1), scorecard(results)
    acting = card[card["mode"] != "track"]
    emitted, cost = cumulative(results, c1), total_cost(results)
    differences: dict[str, float | None] = {}
    if baseline is not None:
        more = emitted - cumulative(baseline.results, baseline["co2_by_scope"].sel(scope="C1"))
        dearer = cost - total_cost(baseline.results)
        factor = 1.0 if Currency.of(results).foreign else CNY_PER_T
        per_tonne = dearer / -more * factor if more < -LEAST else None
        differences = {
            "cumulative_difference": more, "cost_difference": dearer, "cost_per_tonne": per_tonne
        }  # fmt: skip
    return Facts(
        results.id, int(acting["met"].astype(bool).sum()), len(acting), int(top["year"]),
        float(top["value"]), emitted, cost, **differences,
    )  # fmt: skip


def cumulative(results: Results, yearly: xr.DataArray) -> float:
    """Sum a yearly amount over all years of the horizon, not discounted."""
    return float((yearly * years(results)).sum())


def discounted_parts(runs: Sequence[Accounts]) -> xr.DataArray:
    """Return the discounted cost of the horizon by part and pathway, bn CNY_2020."""
    found = []
    for accounts in runs:
        parts = accounts["cost_by_part"]
        found.append((parts * accounts.results.dataset["discount_weight"]).sum("period"))
    table = xr.concat([one.reset_coords(drop=True) for one in found], dim="pathway")
    named = table.assign_coords(pathway=[accounts.results.id for accounts in runs])
    return named.assign_attrs(runs[0]["cost_by_part"].attrs)


def caps(results: Results, quantity: str) -> dict[int, float]:
    """Return the upper targets on a total itself by year, in its own unit."""
    rows = limit_rows(results)
    if rows.empty:
        return {}
    rows = rows[is_target(rows) & (rows["quantity"] == quantity) & (rows["sense"] == "<=")]
    whole = (column(rows, "of_defined") == "") & column(rows, "lag").isin(NO_LAG)
    rows = rows[whole].dropna(subset=["year", "bound"])
    lowest = rows.groupby("year")["bound"].min()
    pairs = zip(lowest.index.astype(int), lowest, strict=True)
    return {int(year): float(bound) for year, bound in pairs}


def assumptions(solved: Sequence[Results]) -> pd.DataFrame:
    """Return the inputs in which pathways differ: table, key, unit, a column each, origin."""
    tables = {results.id: inputs(results) for results in solved}
    ids = list(tables)
    joined = pd.concat(
        [frame["value"].rename(name) for name, frame in tables.items()], axis="columns", sort=False
    )
    apart = joined[[len(set(row)) > 1 for row in joined.itertuples(index=False, name=None)]]
    told = pd.concat(list(tables.values()), sort=False)
    origins = [origin_of(told.loc[[key]]) for key in apart.index]
    units = [str(told.loc[[key], "unit"].iloc[0]) for key in apart.index]
    return apart.reset_index().assign(unit=units, origin=origins)[
        ["table", "key", "unit", *ids, "origin"]
    ]


def origin_of(rows: pd.DataFrame) -> str:
    """Return the places that set a value, each once."""
    return "; ".join(dict.fromkeys(str(origin) for origin in rows["origin"] if str(origin)))


def inputs(results: Results) -> pd.DataFrame:
    """Return the resolved inputs of a run by table and key: value, unit, origin, all as text."""
    frame = results.tables.get("values", pd.DataFrame(columns=["table", "key", "value"]))
    rows = pd.DataFrame(
        {name: frame.get(name, "") for name in
         ("table", "key", "value", "unit", "origin")}
    )  # fmt: skip
    choices: Mapping[str, Any] = results.manifest.get("choices") or {}
    chosen = pd.DataFrame(
        [["options", name, str(value), "", ""] for name, value in choices.items()],
        columns=rows.columns,
    )
    rows = pd.concat([chosen, rows, modes(results)], ignore_index=True)
    rows["value"] = [plain(value) for value in rows["value"]]
    return rows.drop_duplicates(["table", "key"]).set_index(["table", "key"])


def modes(results: Results) -> pd.DataFrame:
    """Return how hard each target is, as inputs."""
    frame = results.tables.get("limits")
    columns = ["table", "key", "value", "unit", "origin"]
    if frame is None or not {"id", "mode"} <= set(frame.columns):
        return pd.DataFrame(columns=columns)
    kept = frame[frame["mode"].astype(str) != "history"]
    rows = [
        ["limits", f"id={row['id']} mode", str(row["mode"]), "", text(row.get("origin"))]
        for row in kept.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=columns)


def plain(value: Any) -> str:
    """Return a value as text, without needless digits."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return text(value)
    return f"{number:.6g}" if np.isfinite(number) else ""
