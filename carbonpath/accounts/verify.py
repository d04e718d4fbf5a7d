"""Identities that must hold in every run. Each check yields one sentence for what fails."""

from collections.abc import Callable, Iterator

import numpy as np
import xarray as xr

from carbonpath.accounts.balance import energy_balance
from carbonpath.accounts.costs import cost_by_part, discounted, discounted_penalties
from carbonpath.accounts.emissions import co2_by_area
from carbonpath.accounts.grouping import activity_of_year, coal_equivalent, whole
from carbonpath.accounts.limits import are_met, column, limit_rows
from carbonpath.accounts.statutory import energy_by_fuel, fuel_energy, fuel_share
from carbonpath.errors import Coded
from carbonpath.results.results import Results
from carbonpath.spec.codes import code_of

TOLERANCE = 1e-6
Check = Callable[[Results], Iterator[str]]
CHECKS: dict[str, Check] = {}
CARRIED = ("energy", "service", "material")
UNBALANCED = "any"
"""The surplus of commodities that may be made and taken at will."""


def identity(check: Check) -> Check:
    """Register an identity under the name of its function."""
    CHECKS[check.__name__] = check
    return check


def failures(results: Results) -> list[str]:
    """Return a sentence for every identity that does not hold; none means that all hold."""
    return [
        Coded(f"{name}: {text}", code_of(name))
        for name, check in CHECKS.items()
        for text in check(results)
    ]


def worst(difference: xr.DataArray, scale: xr.DataArray) -> tuple[float, str]:
    """Return the largest difference relative to its scale, and where it is."""
    relative = (abs(difference) / abs(scale).clip(min=1.0)).fillna(0.0)
    if not relative.size:
        return 0.0, ""
    place = np.unravel_index(int(relative.values.argmax()), relative.shape)
    labels = [str(relative[dim].values[at]) for dim, at in zip(relative.dims, place, strict=True)]
    return float(relative.values.max()), ", ".join(labels)


def apart(name: str, left: xr.DataArray, right: xr.DataArray) -> Iterator[str]:
    """Yield a sentence if two arrays differ by more than the tolerance, relative to their size."""
    left, right = left.fillna(0.0), right.fillna(0.0)
    size, where = worst(left - right, abs(left) + abs(right))
    if not size <= TOLERANCE:
        yield f"{name}: off by {size:.2e} of its size at {where or 'the total'}"


@identity
def values_are_finite(results: Results) -> Iterator[str]:
    """No array holds an infinite number, and no total is missing."""
    for name in results.names:
        array = results[name]
        if array.dtype.kind == "f" and bool(np.isinf(array.values).any()):
            yield f"{name} holds an infinite number"
        missing = np.isnan(array.values) if array.dims == ("region", "period") else np.zeros(1)
        if missing.any() and not missing.all():
            yield f"{name} has a missing value"


@identity
def balances_close(results: Results) -> Iterator[str]:
    """What is made less what is taken is the net output, and covers the demand."""
    made = whole(results, "output").sum("technology")
    taken = whole(results, "use").sum("technology")
    net = whole(results, "net_output").sum("time_slice")
    throughput = made + taken
    carried = np.isin(net["commodity_kind"].values.astype(str), CARRIED)
    size, where = worst((made - taken - net).isel(commodity=carried), throughput)
    if size > TOLERANCE:
        yield f"output less use differs from net output by {size:.2e} of throughput at {where}"
    short = (whole(results, "demand") - net).clip(min=0.0).isel(commodity=carried)
    size, where = worst(short, throughput)
    if size > TOLERANCE:
        yield f"demand is not covered by {size:.2e} of throughput at {where}"
    if "commodity_surplus" in net.coords:
        carried &= net["commodity_surplus"].values.astype(str) != UNBALANCED
    deficit = (-whole(results, "net_output")).clip(min=0.0).isel(commodity=carried)
    size, where = worst(deficit, throughput)
    if size > TOLERANCE:
        yield f"more is taken than made in a slice, {size:.2e} of throughput, at {where}"


@identity
def areas_add_up(results: Results) -> Iterator[str]:
    """Direct CO2 of the six areas and net imports make the assessed total."""
    areas, imported = co2_by_area(results).sum("sector"), whole(results, "co2_imported")
    yield from apart("areas and the territorial total", areas, whole(results, "co2_territorial_c1"))
    yield from apart("areas + net imports and C1", areas + imported, whole(results, "co2_c1"))
    c0 = whole(results, "co2_territorial_c0") + imported
    yield from apart("territorial C0 + net imports and C0", c0, whole(results, "co2_c0"))


@identity
def energy_totals_agree(results: Results) -> Iterator[str]:
    """The energy total is the sum of its sources; each regime leaves out what it says."""
    total, feed = whole(results, "energy_total"), whole(results, "feedstock_energy")
    yield from apart("energy by source and R0", energy_by_fuel(results).sum("fuel"), total)
    yield from apart("R1 for intensity", whole(results, "energy_total_r1_intensity"), total - feed)
    less = total - feed - whole(results, "non_fossil_energy")
    yield from apart("R2", whole(results, "energy_total_r2"), less)
    fossil = fuel_energy(results).sel(fuel=["coal", "oil", "gas"]).sum("fuel")
    yield from apart("coal + oil + gas and fossil energy", fossil, whole(results, "fossil_energy"))
    electricity = whole(results, "primary_electricity") + whole(results, "net_imported_electricity")
    formed = fossil + electricity * coal_equivalent(results) + whole(results, "biomass_energy")
    yield from apart("the definition of R0", formed, total)


@identity
def fuel_shares_add_up(results: Results) -> Iterator[str]:
    """Shares of the energy total sum to one in every period that has one."""
    shares = fuel_share(results).sum("fuel")
    some = whole(results, "energy_total").fillna(0.0) != 0
    yield from apart("shares of fuels", shares, xr.ones_like(shares).where(some, 0.0))


@identity
def energy_balance_closes(results: Results) -> Iterator[str]:
    """The balance table leaves no deficit of any carrier."""
    table = energy_balance(results)
    size, where = worst(
        table.sel(balance_row="difference").clip(max=0.0),
        abs(table).sum("balance_row"),
    )
    if size > TOLERANCE:
        yield f"the energy balance lacks {size:.2e} of throughput at {where}"


@identity
def costs_add_up(results: Results) -> Iterator[str]:
    """The discounted cost parts and penalties make the objective, and without them the total."""
    parts = discounted(results, cost_by_part(results).sum("part"))
    missed = discounted_penalties(results)
    stated = {**results.manifest, **results.dataset.attrs}
    for name, formed in (("objective", parts + missed), ("total_cost", parts)):
        value = stated.get(name)
        if value is None:
            yield f"the result does not state its {name}"
        elif abs(formed - float(value)) > TOLERANCE * max(1.0, abs(float(value))):
            yield f"cost parts give {formed:.9g}, the {name} is {float(value):.9g}"


@identity
def primal_and_dual_agree(results: Results) -> Iterator[str]:
    """Primal and dual objective are the same; in a myopic run, those of every window."""
    stated = {**results.manifest, **results.dataset.attrs}
    pairs = [("primal and dual objectives", stated)]
    if is_myopic(results):
        windows = results.manifest.get("windows") or []
        pairs = [(f"window {w['window']}: primal and dual objectives", w) for w in windows]
        if not pairs:
            yield "the result of a myopic run does not record its windows"
    for name, found in pairs:
        primal, dual = found.get("objective"), found.get("dual_objective")
        if primal is None or dual is None:
            continue
        gap = abs(float(dual) - float(primal))
        if not gap <= TOLERANCE * max(1.0, abs(float(primal))):  # a NaN differs too
            yield f"{name} differ by {gap:.3g}"


def is_myopic(results: Results) -> bool:
    """Whether the pathway was decided in windows."""
    return bool(results.dataset.attrs.get("mode") == "myopic")


def remarks(results: Results) -> list[tuple[str, str]]:
    """Say in Chinese and English which identities do not apply as a whole, and what was checked."""
    if not is_myopic(results):
        return []
    count = len(results.manifest.get("windows") or [])
    return [
        (
            "primal_and_dual_agree 不适用于整个时期：短视运行没有全期的对偶解；"
            f"已改为在 {count} 个窗口中逐一检验。",
            "primal_and_dual_agree does not apply to the whole horizon: a myopic run has no dual "
            f"solution of it; it was checked in each of its {count} windows.",
        )
    ]


@identity
def history_is_as_given(results: Results) -> Iterator[str]:
    """Statistical years have the values that history gives."""
    yield from unmet(results, "history")


@identity
def hard_limits_hold(results: Results) -> Iterator[str]:
    """Every hard limit holds, and a soft one with its shortfall."""
    yield from unmet(results, "hard")
    rows = limit_rows(results)
    if rows.empty:
        return
    soft = rows[column(rows, "mode") == "soft"]
    upper = np.where(column(soft, "sense") == "<=", -1.0, 1.0)
    eased = soft.assign(value=soft["value"] + upper * soft["shortfall"].fillna(0.0))
    for row in eased[~are_met(eased)].itertuples():
        yield f"{row.id} {row.period}: missed by more than its shortfall"


def unmet(results: Results, mode: str) -> Iterator[str]:
    """Yield the limits of one mode that do not hold."""
    rows = limit_rows(results)
    if rows.empty:
        return
    chosen = rows[column(rows, "mode") == mode]
    for row in chosen[~are_met(chosen)].itertuples():
        yield f"{row.id} {row.period}: {row.value:.6g} against {row.sense} {row.bound:.6g}"


@identity
def activity_stays_within_capacity(results: Results) -> Iterator[str]:
    """No technology runs beyond its capacity over the year."""
    if not {"capacity_to_activity", "activity"} <= set(results.names):
        return
    room = whole(results, "total_capacity") * results["capacity_to_activity"].max("region")
    activity = activity_of_year(results).where(room.notnull())
    size, where = worst((activity - room).clip(min=0.0), room)
    if size > TOLERANCE:
        yield f"activity is above capacity by {size:.2e} at {where}"
