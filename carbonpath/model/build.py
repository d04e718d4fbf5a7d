"""A system becomes a linear model: index sets, data, variables, quantities, rows, objective."""

import logging
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

import carbonpath.model.constraints
import carbonpath.model.quantities  # noqa: F401 - registers the rules
from carbonpath.errors import ModelError
from carbonpath.model.constraints.limits import LimitRows, Subjects, limit_rows
from carbonpath.model.data import declare_data, given_but_unread
from carbonpath.model.declare import Rule, rules
from carbonpath.model.finite import check_finite
from carbonpath.model.lowering import LinearModel, LoweringError, Space
from carbonpath.model.objective import weights
from carbonpath.model.variables import VARIABLES
from carbonpath.system.index import Existing
from carbonpath.system.joins import joins
from carbonpath.system.members import all_flows, arriving, index_sets
from carbonpath.system.system import EnergySystem

Floats = npt.NDArray[np.float64]
LIMIT = "l"
"""The letter of limit rows."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BuiltModel:
    """A linear model with the system it stands for and the limits in it."""

    system: EnergySystem
    space: Space
    linear: LinearModel
    limits: LimitRows


def build(system: EnergySystem, slow: bool = False, strict: bool = False) -> BuiltModel:
    """Build the linear model of a system; `slow` expands every rule row by row by Pyomo."""
    try:
        built = _build(system, slow, strict)
    except LoweringError as error:
        raise ModelError(error.problems, code="E401") from error
    if unread := given_but_unread(built.space, system):
        raise ModelError(unread, code="E402")
    matrix = built.linear.matrix
    log.info("model: %d rows, %d columns, %d non-zeros", *matrix.shape, matrix.nnz)
    return built


def _build(system: EnergySystem, slow: bool, strict: bool) -> BuiltModel:
    check_finite(system)
    exists = Existing(system)
    sets = index_sets(system, exists)
    _check_demand(system, exists)
    limits = limit_rows(system, _subjects(sets))
    space = Space(_labels(system, limits), strict=strict, slow=slow)
    _declare_sets(space, sets, limits)
    for name, join in joins(system, exists).items():
        space.join(name, join.key, join.members, join.table[[*join.key, *join.members]].to_numpy())
    declare_data(space, system, exists)
    prices = limits.table["price"].to_numpy(dtype=float)
    space.data("shortfall_price", LIMIT, np.arange(len(prices))[:, None], prices)
    for spec in VARIABLES:
        upper = np.where(exists.idle, 0.0, np.inf) if spec.name == "activity" else np.inf
        space.variable(spec.name, spec.over, upper=upper, integer=spec.whole)
    space.variable("shortfall", "soft_rows")
    for rule in _in_order(rules("quantity", "cost")):
        declare = space.cost if rule.kind == "cost" else space.quantity
        declare(rule.name, rule.over, rule.function)
    for rule in rules("constraint"):
        space.constraint(rule.name, rule.over, rule.function)
    _declare_limits(space, limits)
    space.objective(weights(system, space, limits))
    return BuiltModel(system, space, space.matrix(), limits)


def _labels(system: EnergySystem, limits: LimitRows) -> dict[str, tuple[str, ...]]:
    """Return the labels of every letter a rule or index uses."""
    labels = {letter: tuple(found) for letter, found in system.labels.items()}
    labels.setdefault("k", ())
    labels.setdefault("h", ())
    extra = {"n": labels["s"], "b": labels["v"], "q": labels["p"], "o": labels["r"]}
    return {**labels, **extra, LIMIT: tuple(limits.table["label"])}


def _subjects(sets: dict[str, pd.DataFrame]) -> Subjects:
    """Return letters and codes of everything a limit may name."""
    named = [(spec.name, spec.over) for spec in VARIABLES]
    named += [(rule.name, rule.over) for rule in rules("quantity", "cost")]
    return {
        name: ("".join(sets[over].columns), sets[over].to_numpy(dtype=np.int32))
        for name, over in named
        if over in sets
    }


def _declare_sets(space: Space, sets: dict[str, pd.DataFrame], limits: LimitRows) -> None:
    for name, table in sets.items():
        space.index(name, "".join(table.columns), table.to_numpy(dtype=np.int32))
    for name, modes in (
        ("soft_rows", ("soft",)), ("limit_rows", ("hard", "soft")), ("history_rows", ("history",))
    ):  # fmt: skip
        space.index(name, LIMIT, limits.rows(*modes)[:, None])


def _in_order(found: list[Rule]) -> list[Rule]:
    """Sort quantities so that each comes after those it uses, and by name otherwise."""
    by_name = {rule.name: rule for rule in found}
    needs = {name: sorted(rule.names & (by_name.keys() - {name})) for name, rule in by_name.items()}
    return [by_name[name] for name in TopologicalSorter(needs).static_order()]


def _declare_limits(space: Space, limits: LimitRows) -> None:
    """Declare the rows of limits, with the shortfall of soft ones, and of history."""
    places = limits.rows("hard", "soft")
    parts = limits.parts(places)
    rows = limits.table.iloc[places]
    soft = np.flatnonzero(rows["mode"] == "soft")
    sign = np.where(rows["sense"].to_numpy()[soft] == "<=", -1.0, 1.0)
    parts["shortfall"] = _placed(sign, soft, len(places))
    space.rows("limits", "limit_rows", parts, *limits.bounds(places))
    past = limits.rows("history")
    space.rows("history", "history_rows", limits.parts(past), *limits.bounds(past))


def _placed(values: Floats, rows: npt.NDArray[np.intp], height: int) -> sp.csr_array:
    """Put one value in each column, on the given rows."""
    return sp.csr_array((values, (rows, np.arange(len(rows)))), shape=(height, len(rows)))


def _check_demand(system: EnergySystem, exists: Existing) -> None:
    """Every demand has a technology that can meet it."""
    flows = pd.concat([all_flows(exists), arriving(exists)])
    made = flows.loc[flows["value"] > 0, [*"rcp"]].drop_duplicates()
    demand = pd.concat([exists.given("demand"), exists.given("yearly_demand")])
    wanted = demand.loc[demand["value"] > 0, [*"rcp"]].drop_duplicates()
    table = wanted.merge(made, on=[*"rcp"], how="left", indicator=True)
    missing = table[table["_merge"] == "left_only"]
    if len(missing):
        labels = system.decode("rcp", missing[[*"rcp"]].to_numpy())
        raise ModelError(
            [
                f"nothing in {row.region} can make {row.commodity!r} in {row.period}, which is "
                "demanded; add a technology or capacity"
                for row in labels.itertuples()
            ],
            code="E403",
        )
