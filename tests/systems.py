"""Small systems for tests: `mini` is a valid three-technology system, `make` builds any other.

Every test states only what differs. A technology is a dict: its flows, its attributes, and any
parameter as a number (the same everywhere) or by label of one dimension, e.g. {"2030": 4.0}.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from carbonpath.model.build import BuiltModel, build
from carbonpath.results.extract import extract
from carbonpath.solve.highs import Solution, SolverOptions, solve
from carbonpath.solve.modes.myopic import myopic
from carbonpath.solve.modes.windows import Sight
from carbonpath.spec.parameters import BY_NAME
from carbonpath.system.finance import Conventions, survival
from carbonpath.system.parameter import DERIVED, Parameter, parameter
from carbonpath.system.system import (
    COMMODITY_COLUMNS,
    TECHNOLOGY_COLUMNS,
    EnergySystem,
    Limit,
    Settings,
)
from carbonpath.system.time import ROOT, Node, Time, periods_of

if TYPE_CHECKING:
    from carbonpath.results.results import Results
    from carbonpath.solve.modes.pathway import Pathway

HERE = "here"
ATTRIBUTES = {
    "sector": "energy", "role": "end_use", "group": "", "primary": "", "time_level": "annual",
    "vintages": "pooled", "capacity_unit": "", "activity_unit": "PJ", "state_listed": "no",
    "retirement": "end_of_life", "label_zh": "", "label_en": "",
}  # fmt: skip
FLOW_PARTS = ("fuel_flow", "feedstock_flow")
PER = {"built": "build_flow", "withdrawn": "retirement_flow", "standing": "capacity_flow",
       "leaving": "leaving_flow", "holds": "store_size"}  # fmt: skip
BUILD_VINTAGE = ("investment_cost", "lifetime", "unit_size", "build_flow", "survival",
                 "hurdle_rate", "loan_lifetime")  # fmt: skip
TWO_SEASONS = (
    ROOT,
    Node("summer", "season", 0.5, 1, "annual"),
    Node("winter", "season", 0.5, 2, "annual"),
)
DAY_AND_NIGHT = (
    ROOT,
    Node("year", "season", 1.0, 1, "annual"),
    Node("day", "slice", 0.5, 1, "year", "typical", 365.0),
    Node("night", "slice", 0.5, 2, "year", "typical", 365.0),
)


def make(
    technologies: Mapping[str, Mapping[str, Any]],
    commodities: Mapping[str, str | Mapping[str, Any]],
    demand: Mapping[Any, float] | None = None,
    periods: Iterable[int] = (2021,),
    base_year: int = 2020,
    nodes: Sequence[Node] = (ROOT,),
    limits: Iterable[Limit] = (),
    discount_rate: float = 0.0,
    parameters: Mapping[str, Mapping[tuple[str, ...], float]] | None = None,
    situations: Sequence[str] = (),
    checkpoints: Sequence[str] = (),
    shapes: Mapping[tuple[str, str], Mapping[str, float]] | None = None,
    sequence: Sequence[tuple[str, float]] = (),
    ramps: str = "day",
    conventions: Conventions | None = None,
) -> EnergySystem:
    """Return a system. A commodity is its kind, or a dict with kind, time_level, carrier, cycle.

    `sequence` lists the time slices as they follow one another, each with its share of the days.
    """
    periods = periods_of(periods, base_year)
    time = Time(periods, tuple(nodes))
    labels = {
        "r": (HERE,),
        "t": tuple(technologies),
        "v": ("pooled", *sorted({*(p.label for p in periods), *_old_vintages(technologies)})),
        "m": tuple(sorted({mode for tech in technologies.values() for mode in _modes(tech)})),
        "c": tuple(commodities),
        "p": tuple(p.label for p in periods),
        "s": tuple(node.label for node in nodes),
        "h": (*checkpoints, *(f"step-{place}" for place in range(1, len(sequence) + 1))),
        "k": tuple(situations),
    }
    given = {
        **_technology_parameters(
            technologies, {**labels, "o": (HERE,), "levels": _levels(commodities, time)}, time
        ),
        **_demand(demand or {}, commodities, labels, time),
        **_placement(shapes or {}, labels),
        **_sequence(sequence, labels),
    }
    for name, rows in (parameters or {}).items():
        given[name] = parameter(name, _dims(name), rows, labels, _default(name))
    return EnergySystem(
        labels,
        _technology_table(technologies),
        _commodity_table(commodities),
        time,
        given,
        tuple(limits),
        Settings(base_year, discount_rate, conventions or Conventions(ramps=ramps)),
    )


def mini(**changes: Any) -> EnergySystem:
    """Ten units of heat from coal (2.5, CO2 1.0), gas (6, CO2 0.4) or heat pumps (20, no CO2).

    No capacities; one year. `coal`, `gas`, `pump` change a technology; the rest goes to `make`.
    """
    technologies = {
        "coal": {"flows": {"heat": 1.0, "co2": 1.0}, "variable_cost": 2.5},
        "gas": {"flows": {"heat": 1.0, "co2": 0.4}, "variable_cost": 6.0},
        "pump": {"flows": {"heat": 1.0}, "variable_cost": 20.0},
    }
    for name in technologies:
        technologies[name] = {**technologies[name], **changes.pop(name, {})}
    technologies |= changes.pop("more", {})
    standard: dict[str, Any] = {
        "commodities": {"heat": "service", "co2": "emission"},
        "demand": {"heat": 10.0},
    }
    return make(technologies, **{**standard, **changes})


def cap(commodity: str, value: float, **changes: Any) -> Limit:
    """Return a yearly cap on an emission commodity."""
    standard: dict[str, Any] = {
        "id": f"{commodity}_cap",
        "quantity": "emissions",
        "sense": "<=",
        "values": {"2021": value},
        "where": {"commodity": (commodity,)},
    }
    return Limit(**{**standard, **changes})


class Run:
    """A solved system, asked by name."""

    def __init__(
        self, system: EnergySystem, slow: bool = False, view: int | None = None, step: int = 1,
        reconsider: bool = False,
    ) -> None:  # fmt: skip
        """Solve with foresight, or in windows that see `view` periods."""
        self.built: BuiltModel = build(system, slow=slow)
        self.solution: Solution | Pathway = (
            solve(self.built.linear)
            if view is None
            else myopic(self.built, Sight(view, step, reconsider), SolverOptions(), lambda _: None)
        )
        self.results: Results = extract(
            self.built, self.solution.columns, self.solution.row_duals,
            self.solution.dual_objective, "foresight" if view is None else "myopic",
        )  # fmt: skip

    @property
    def cost(self) -> float:
        """The objective."""
        return float(self.results.dataset.attrs["objective"])

    def value(self, name: str, period: int = 2021, **labels: str) -> float:
        """One number of an array; what is not named is summed."""
        array = self.results[name]
        if "period" in array.dims:
            array = array.sel(period=period)
        return float(array.sel(labels).sum())

    def activity(self, technology: str, period: int = 2021, **labels: str) -> float:
        """Activity of a technology, of one node or mode if named."""
        rows = self.results["activity"].to_dataframe().reset_index()
        keep = (rows["technology_"] == technology) & (rows["period_"] == str(period))
        for name, label in labels.items():
            keep &= rows[f"{name}_"] == label
        return float(rows.loc[keep, "activity"].sum())

    def dual(self, name: str, *key: str) -> float:
        """What the objective rises by per unit of a row's bound; some labels, in order, name it."""
        family = self.built.linear.rows[name]
        found = [at for at, labels in enumerate(family.index.listed()) if _in_order(key, labels)]
        assert len(found) == 1, f"{len(found)} rows of {name} with {key}"
        return float(self.solution.row_duals[family.start + found[0]])

    def price(self, limit: str, period: int = 2021) -> float:
        """What one more unit of a limit would save."""
        return self.limit(limit, period)["price"]

    def limit(self, limit: str, period: int = 2021) -> dict[str, float]:
        """Every number of a limit's row."""
        data = self.results.dataset
        rows = (data["limit_id"] == limit) & (data["limit_period"] == str(period))
        place = rows.values.nonzero()[0]
        assert len(place) == 1, f"{len(place)} rows of {limit} in {period}"
        names = ("value", "of", "bound", "shortfall", "price", "penalty")
        return {name: float(data[f"limit_{name}"][place[0]]) for name in names}


def _in_order(key: Sequence[str], labels: Iterable[str]) -> bool:
    """Whether the labels hold those of a key, one after the other."""
    rest = iter(labels)
    return all(label in rest for label in key)


def _technology_parameters(
    technologies: Mapping[str, Mapping[str, Any]], labels: Mapping[str, Any], time: Time
) -> dict[str, Parameter]:
    rows: dict[str, dict[tuple[str, ...], float]] = {}
    for name, tech in technologies.items():
        for key in [key for key in tech if key not in ATTRIBUTES]:
            _one_entry(rows, name, tech, key, labels, time)
        if "investment_cost" in tech:
            rows.setdefault("survival", {}).update(_survival(name, tech, time))
    return {
        name: parameter(name, _dims(name), found, labels, _default(name))
        for name, found in rows.items()
    }


def _one_entry(rows: Any, name: str, tech: Any, key: str, labels: Any, time: Time) -> None:
    value = tech[key]
    if key == "flows":
        _flows(rows, name, tech, value, labels)
    elif key in PER or key in FLOW_PARTS:
        _per(rows, name, tech, key, value, labels)
    elif key == "stock":
        for at, amount in value.items():
            vintage, period = at if isinstance(at, tuple) else ("pooled", at)
            rows.setdefault("existing", {})[(HERE, name, vintage, period)] = amount
    else:
        rows.setdefault(key, {}).update(_spread(key, name, tech, value, labels, time))


def _survival(name: str, tech: Mapping[str, Any], time: Time) -> dict[tuple[str, ...], float]:
    return {
        (HERE, name, build.label, period.label): share
        for build, period in product(time.periods, time.periods)
        if (share := survival(build, tech["lifetime"], period)) > 0
    }


def _flows(rows: Any, name: str, tech: Any, flows: Any, labels: Any) -> None:
    by_mode = flows if _has_modes(flows) else {"main": flows}
    for mode, found in by_mode.items():
        for commodity, value in found.items():
            for v, p in product(_vintages(tech, labels), labels["p"]):
                amount = value.get(v, value.get(p)) if isinstance(value, Mapping) else value
                if amount is not None:
                    rows.setdefault("flow", {})[(HERE, name, v, mode, commodity, p)] = amount


def _levels(commodities: Any, time: Time) -> dict[str, list[str]]:
    """Return the nodes of each commodity's time level."""
    levels = {
        name: found.get("time_level", "annual") if isinstance(found, Mapping) else "annual"
        for name, found in commodities.items()
    }
    return {name: [node.label for node in time.at(level)] for name, level in levels.items()}


def _per(rows: Any, name: str, tech: Any, key: str, flows: Any, labels: Any) -> None:
    """Flows per something: a number, or numbers by vintage or time slice."""
    for commodity, value in flows.items():
        choices = {
            "r": (HERE,), "t": (name,), "o": (HERE,), "c": (commodity,), "p": labels["p"],
            "v": labels["p"] if key == "built" else _vintages(tech, labels), "m": _modes(tech),
            "s": labels["levels"][commodity],
        }  # fmt: skip
        target = PER.get(key, key)
        for combination in product(*(choices[letter] for letter in _dims(target))):
            amount = value
            if isinstance(value, Mapping):
                amount = next((value[label] for label in combination if label in value), None)
            if amount is not None:
                rows.setdefault(target, {})[combination] = amount


def _spread(
    key: str, name: str, tech: Any, value: Any, labels: Any, time: Time
) -> dict[tuple[str, ...], float]:
    choices = {
        "r": (HERE,),
        "t": (name,),
        "v": labels["p"] if key in BUILD_VINTAGE else _vintages(tech, labels),
        "m": _modes(tech),
        "p": labels["p"],
        "s": [n.label for n in time.at(tech.get("time_level", "annual"))],
        "k": labels["k"],
        "c": labels["c"],
    }
    found = {}
    for combination in product(*(choices[letter] for letter in _dims(key))):
        amount = value
        if isinstance(value, Mapping):
            amount = next((value[label] for label in combination if label in value), None)
        if amount is not None:
            found[combination] = float(amount)
    return found


def _demand(demand: Any, commodities: Any, labels: Any, time: Time) -> dict[str, Parameter]:
    """Demand by commodity, (commodity, period) or (commodity, period, node)."""
    rows = {}
    for key, value in demand.items():
        commodity, *rest = key if isinstance(key, tuple) else (key,)
        found = commodities[commodity]
        level = found.get("time_level", "annual") if isinstance(found, Mapping) else "annual"
        nodes = [rest[1]] if len(rest) > 1 else [n.label for n in time.at(level)]
        for period, node in product([rest[0]] if rest else labels["p"], nodes):
            share = 1.0 if len(rest) > 1 else time.node[node].share
            rows[(HERE, commodity, period, node)] = value * share
    return {"demand": parameter("demand", "rcps", rows, labels)} if rows else {}


def _placement(shapes: Any, labels: Any) -> dict[str, Parameter]:
    """Shapes of annual technologies: {(technology, commodity): {node: share}}."""
    rows = {
        (technology, commodity, "annual", node): share
        for (technology, commodity), shape in shapes.items()
        for node, share in shape.items()
    }
    codes = {**labels, "n": labels["s"]}
    return {"placement": parameter("placement", "tcns", rows, codes)} if rows else {}


def _sequence(sequence: Any, labels: Any) -> dict[str, Parameter]:
    """Order and gain of the steps of the year."""
    rows = [(f"step-{n}", s, times) for n, (s, times) in enumerate(sequence, 1)]
    order = {(step,): float(n) for n, (step, _, _) in enumerate(rows, 1)}
    gains = {(step, s): times for step, s, times in rows}
    given = {"step_order": ("h", order), "step_times": ("hs", gains)} if rows else {}
    return {name: parameter(name, dims, found, labels) for name, (dims, found) in given.items()}


def _technology_table(technologies: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    rows = [
        {key: tech.get(key, standard) for key, standard in ATTRIBUTES.items()}
        for tech in technologies.values()
    ]
    return pd.DataFrame(rows, index=list(technologies), columns=list(TECHNOLOGY_COLUMNS))


def _commodity_table(commodities: Mapping[str, str | Mapping[str, Any]]) -> pd.DataFrame:
    rows = []
    for commodity in commodities.values():
        found = {"kind": commodity} if isinstance(commodity, str) else dict(commodity)
        standard = dict.fromkeys(COMMODITY_COLUMNS, "")
        rows.append({**standard, "time_level": "annual", "unit": "PJ", **found})
    return pd.DataFrame(rows, index=list(commodities), columns=list(COMMODITY_COLUMNS))


def _vintages(tech: Mapping[str, Any], labels: Mapping[str, Any]) -> tuple[str, ...]:
    kept = tech.get("vintages") == "kept"
    return tuple(v for v in labels["v"] if v != "pooled") if kept else ("pooled",)


def _old_vintages(technologies: Mapping[str, Mapping[str, Any]]) -> set[str]:
    stocks = [key for tech in technologies.values() for key in tech.get("stock", {})]
    return {key[0] for key in stocks if isinstance(key, tuple)} - {"pooled"}


def _modes(tech: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(tech["flows"]) if _has_modes(tech["flows"]) else ("main",)


def _has_modes(flows: Mapping[str, Any]) -> bool:
    """Whether flows are given by mode: their values hold commodities, not years."""
    return any(
        isinstance(value, Mapping) and not all(key.isdigit() for key in value)
        for value in flows.values()
    )


def _dims(name: str) -> str:
    return BY_NAME[name].dims if name in BY_NAME else DERIVED[name][0]


def _default(name: str) -> float | None:
    return BY_NAME[name].default if name in BY_NAME else None
