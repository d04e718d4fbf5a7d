"""A system as otoole CSV files for OSeMOSYS, for what that formulation can hold.

OSeMOSYS counts each year once and pays investment when it is made, so only a dataset with these
conventions keeps its optimum. What has no place there is named.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
import yaml

from carbonpath.export.osemosys_limits import limits
from carbonpath.export.osemosys_stores import stores
from carbonpath.export.osemosys_view import DEFAULTS, INDICES, SETS, SHORT, View

Part = Callable[[View], None]
CARRIED = (
    "investment_cost", "fixed_cost", "variable_cost", "lifetime", "hurdle_rate", "availability",
    "capacity_to_activity", "capacity_factor", "build_rate", "build_floor", "capacity_limit",
    "capacity_floor", "activity_limit", "activity_floor", "reserve_credit", "storage_start",
    "minimum_level", "charge_limit", "discharge_limit", "unit_size", "flow", "flow_there",
    "fuel_flow", "feedstock_flow", "store_size", "existing", "survival", "demand", "yearly_demand",
    "emission_price", "exogenous_emission", "reserve_requirement", "level_weight", "kappa",
    "physical_factor", "peak_factor",
)  # fmt: skip
"""Parameters that go along, and those that only accounts read."""
BY_YEAR = (
    ("FixedCost", "fixed_cost"), ("TotalAnnualMaxCapacity", "capacity_limit"),
    ("TotalAnnualMinCapacity", "capacity_floor"),
    ("TotalAnnualMaxCapacityInvestment", "build_rate"),
    ("TotalAnnualMinCapacityInvestment", "build_floor"),
    ("TotalTechnologyAnnualActivityUpperLimit", "activity_limit"),
    ("TotalTechnologyAnnualActivityLowerLimit", "activity_floor"),
    ("ReserveMarginTagTechnology", "reserve_credit"), ("CapacityFactor", "capacity_factor"),
    ("ResidualCapacity", "existing"), ("VariableCost", "variable_cost"),
)  # fmt: skip
LETTERS = {"_REGION": "o", "REGION": "r", "TECHNOLOGY": "t", "FUEL": "c", "EMISSION": "c",
           "MODE_OF_OPERATION": "m", "YEAR": "p", "TIMESLICE": "s"}  # fmt: skip


@dataclass
class Files:
    """The text of each file by name, and a sentence for all that could not be written."""

    texts: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def files(view: View) -> Files:
    """Return every CSV file and config.yaml."""
    for part in (_unfit, _sets, _plain, _building, _flows, _demands, _years, _reserves, stores,
                 limits):  # fmt: skip
        part(view)
    found = Files(lost=view.lost)
    sets = {name: view.sets.get(name, []) for name in SETS}
    sets["_REGION"] = sets["REGION"]
    for name, members in sets.items():
        found.texts[f"{name}.csv"] = pd.DataFrame({"VALUE": members}).to_csv(index=False)
    for name, indices in INDICES.items():
        rows = view.rows.get(name, {})
        table = pd.DataFrame([(*key, value) for key, value in rows.items()],
                             columns=[*indices, "VALUE"])  # fmt: skip
        found.texts[f"{name}.csv"] = table.to_csv(index=False)
    found.texts["config.yaml"] = _configuration(view, sets)
    return found


def _configuration(view: View, sets: Mapping[str, list[str]]) -> str:
    """Sets and parameters with their indices and defaults, as otoole wants them.

    otoole takes the members of sets that are ordered for whole numbers, and wants a short name
    where a sheet's 31 characters do not hold the name.
    """
    entries: dict[str, dict[str, object]] = {
        name: {"type": "set", "dtype": "int" if all(m.isdigit() for m in members) else "str"}
        for name, members in sets.items()
    }
    defaults = {**DEFAULTS, "DiscountRateIdv": view.system.settings.discount_rate}
    for name, indices in INDICES.items():
        entries[name] = {
            "indices": list(indices), "type": "param", "dtype": "float",
            "default": defaults.get(name, 0.0),
        }  # fmt: skip
        if name in SHORT:
            entries[name]["short_name"] = SHORT[name]
    return yaml.safe_dump(entries, sort_keys=True)


def _unfit(view: View) -> None:
    """Name what the formulation has no place for."""
    settings = view.system.settings
    conventions = settings.conventions
    if (conventions.periods, conventions.investment, conventions.operation) != (
        "single", "overnight", "middle",
    ):  # fmt: skip
        view.lost.append(
            "conventions: OSeMOSYS counts each year once and pays overnight and at mid-year, so "
            "the cost will differ"
        )
    for name in sorted(set(view.system.parameters) - set(CARRIED)):
        view.lost.append(f"parameter {name} has no place in OSeMOSYS")
    technologies, commodities = view.system.technologies, view.system.commodities
    for name in technologies.index[technologies["vintages"] == "kept"]:
        view.lost.append(f"technology {name} keeps vintages, which OSeMOSYS pools")
    for name in technologies.index[technologies["retirement"] == "early"]:
        view.lost.append(f"technology {name} may close early, which OSeMOSYS does not know")
    for name in technologies.index[technologies["time_level"] != "slice"]:
        if name not in view.apart:
            view.lost.append(f"technology {name} runs by the {technologies['time_level'][name]}")
    balanced = commodities[~commodities["kind"].isin(["emission", "stored", "other"])]
    for name in balanced.index[balanced["surplus"] != "free"]:
        view.lost.append(f"commodity {name} balances exactly; OSeMOSYS lets surplus go")


def _sets(view: View) -> None:
    """Fill the sets that need no thought."""
    system = view.system
    kinds = system.commodities["kind"]
    view.sets |= {
        "REGION": list(system.labels["r"]), "YEAR": list(system.labels["p"]),
        "TECHNOLOGY": [t for t in system.labels["t"] if t not in view.apart],
        "TIMESLICE": [node.label for node in system.time.at("slice")],
        "MODE_OF_OPERATION": [m for m in system.labels["m"] if m in view.modes],
        "FUEL": [c for c in system.labels["c"] if kinds[c] not in ("emission", "stored")],
        "EMISSION": [c for c in system.labels["c"] if kinds[c] == "emission"],
        "STORAGE": [c for c in system.labels["c"] if kinds[c] == "stored"],
    }  # fmt: skip
    for node in system.time.at("slice"):
        for year in system.labels["p"]:
            view.put("YearSplit", (node.label, year), node.share)
    for region in system.labels["r"]:
        view.put("DiscountRate", (region,), system.settings.discount_rate)
        straight = system.settings.conventions.salvage == "straight_line"
        view.put("DepreciationMethod", (region,), 2.0 if straight else 1.0)


def _plain(view: View) -> None:
    """Parameters that only change their name."""
    for name, own in BY_YEAR:
        indices = [LETTERS[index] for index in INDICES[name]]
        for row in view.table(own).to_dict("records"):
            if row["t"] in view.sets["TECHNOLOGY"]:
                view.put(name, tuple(row[letter] for letter in indices), row["value"])


def _building(view: View) -> None:
    """What depends on the year of building, and rates."""
    known = set(view.sets["TECHNOLOGY"])
    for name, own in (("CapitalCost", "investment_cost"),
                      ("CapacityOfOneTechnologyUnit", "unit_size")):  # fmt: skip
        for row in view.table(own).to_dict("records"):
            if row["t"] in known:
                view.put(name, (row["r"], row["t"], row["v"]), row["value"])
    for name, own in (("OperationalLife", "lifetime"), ("DiscountRateIdv", "hurdle_rate"),
                      ("CapacityToActivityUnit", "capacity_to_activity")):  # fmt: skip
        for row in view.table(own).to_dict("records"):
            if row["t"] in known:
                before = view.rows.get(name, {}).get((row["r"], row["t"]), row["value"])
                if before != row["value"]:
                    view.lost.append(f"{own} of {row['t']} differs by year, which OSeMOSYS lacks")
                view.put(name, (row["r"], row["t"]), row["value"])


def _flows(view: View) -> None:
    """Inputs, outputs, emissions and trade."""
    kinds = view.system.commodities["kind"]
    for row in view.table("flow").to_dict("records"):
        key, value = (row["r"], row["t"], row["c"], row["m"], row["p"]), float(row["value"])
        if row["t"] in view.traders or kinds[row["c"]] == "stored":
            continue
        if kinds[row["c"]] == "emission":
            view.put("EmissionActivityRatio", key, value)
        else:
            view.put("OutputActivityRatio" if value > 0 else "InputActivityRatio", key, abs(value))
    for (t, c, p), ends in view.trade.items():
        (r, o), (here, there) = ends
        if view.is_route(t):
            view.put("TradeRoute", (r, o, c, p), here)
            view.put("TradeRoute", (o, r, c, p), there)
        else:
            view.lost.append(f"technology {t} sends {c} to {o} otherwise than a trade route does")


def _demands(view: View) -> None:
    """Demand by slice, and what may be met at any time of the year."""
    slices = set(view.sets["TIMESLICE"])
    demand = view.table("demand")
    yearly: dict[tuple[str, ...], float] = {}
    for labels, rows in demand.groupby(["r", "c", "p"]):
        key = words(labels)
        total = float(rows["value"].sum())
        yearly[key] = total
        if not set(rows["s"]) <= slices:
            view.put("AccumulatedAnnualDemand", key, total)
            continue
        view.put("SpecifiedAnnualDemand", key, total)
        for s, value in zip(rows["s"], rows["value"], strict=True):
            if total:
                view.put("SpecifiedDemandProfile", (key[0], key[1], s, key[2]), value / total)
    for row in view.table("yearly_demand").to_dict("records"):
        key = (row["r"], row["c"], row["p"])
        if row["value"]:
            view.put("AccumulatedAnnualDemand", key, row["value"] + yearly.get(key, 0.0))


def _years(view: View) -> None:
    """Availability, which OSeMOSYS measures against what the capacity factors leave."""
    shares = {node.label: node.share for node in view.system.time.at("slice")}
    means = dict(_means(view, shares))
    for row in view.table("availability").to_dict("records"):
        key = (row["r"], row["t"], row["p"])
        if row["t"] in view.sets["TECHNOLOGY"] and row["value"] < 1:
            mean = means.get(key, 1.0)
            view.put("AvailabilityFactor", key, min(1.0, row["value"] / mean) if mean else 1.0)
    for row in view.table("emission_price").to_dict("records"):
        view.put("EmissionsPenalty", (row["r"], row["c"], row["p"]), row["value"])


def _means(view: View, shares: dict[str, float]) -> Iterator[tuple[tuple[str, ...], float]]:
    for labels, rows in view.table("capacity_factor").groupby(["r", "t", "p"]):
        given = dict(zip(rows["s"], rows["value"], strict=True))
        yield words(labels), sum(share * given.get(s, 1.0) for s, share in shares.items())


def _reserves(view: View) -> None:
    """Reserve margins: the largest requirement of a year, and each fuel's part of it."""
    for labels, rows in view.table("reserve_requirement").groupby(["r", "p"]):
        r, p = words(labels)
        margin = float(rows["value"].max())
        if margin > 0:
            view.put("ReserveMargin", (r, p), margin)
            for c, value in zip(rows["c"], rows["value"], strict=True):
                view.put("ReserveMarginTagFuel", (r, c, p), value / margin)


def words(labels: object) -> tuple[str, ...]:
    """Return the labels of a group as texts."""
    return tuple(map(str, labels)) if isinstance(labels, tuple) else (str(labels),)
