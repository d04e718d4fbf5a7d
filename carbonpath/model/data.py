"""The data that rules read as `d.name[...]`, declared for one build; and what was never read."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.errors import ModelError
from carbonpath.model.lowering import Space
from carbonpath.spec.parameters import BY_NAME, PARAMETERS
from carbonpath.spec.units import HOURS_PER_YEAR
from carbonpath.system.finance import CONVENTIONS, Money, compound, discount_weight
from carbonpath.system.index import HORIZON, SEQUENCE, Existing, packed
from carbonpath.system.leaving import spent
from carbonpath.system.members import falling, lasting
from carbonpath.system.order import neighbours, season_neighbours, steps
from carbonpath.system.parameter import DERIVED
from carbonpath.system.system import EnergySystem
from carbonpath.system.time import CYCLES, Period

Floats = npt.NDArray[np.float64]

ZERO_WHERE_ABSENT = ("demand", "yearly_demand", "existing", "level_weight")
"""Derived parameters that are nothing where they are not given."""
CONSUMED = frozenset(
    {"survival", "placement", "lifetime", "hurdle_rate", "loan_lifetime", "growth_rate",
     "growth_seed", "survival_share", "steady", "ramp_down_rate",
     "closing", "mode_runs", "old_stock", "step_order", "step_times",
     "storage_loss", "storage_start", "charge_limit", "discharge_limit"}
)  # fmt: skip
"""Parameters that are read while index sets and data are made, not by rules."""
FLOORS = ("capacity_floor", "activity_floor", "build_floor")
"""Parameters each of whose values must find its row, or a wish is silently dropped."""


def declare_data(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare every number and look-up that a rule may read."""
    _declare_parameters(space, system, exists)
    _declare_time(space, system, exists)
    _declare_money(space, system, exists)
    _declare_growth(space, system, exists)
    _declare_stock(space, exists)
    _declare_change(space, exists)


def weights_of_periods(system: EnergySystem) -> dict[str, float]:
    """Worth in the base year of one unit paid in every year of each period."""
    settings = system.settings
    return {
        period.label: discount_weight(
            period, settings.discount_rate, settings.discount_to, settings.conventions.operation
        )
        for period in system.time.periods
    }


def _declare_parameters(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare the given parameters, with their declared defaults elsewhere."""
    consumed = CONSUMED - {"survival", "lifetime", "hurdle_rate", "loan_lifetime"}
    for name in [*(p.name for p in PARAMETERS), *DERIVED]:
        if name in consumed:
            continue
        dims = BY_NAME[name].dims if name in BY_NAME else DERIVED[name][0]
        table = exists.given(name)
        default = BY_NAME[name].default if name in BY_NAME else None
        if name in ZERO_WHERE_ABSENT:
            default = 0.0
        space.data(name, dims, table[[*dims]].to_numpy(), table["value"].to_numpy(), default)
    place = exists.placement
    space.data("placement", "tcns", place[[*"tcns"]].to_numpy(), place["value"].to_numpy())


def _declare_time(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare years, shares of the year, neighbours in days and cycles."""
    labels, time = system.labels, system.time
    periods = np.arange(len(labels["p"]))[:, None]
    base = [p for p, label in enumerate(labels["p"]) if int(label) == system.settings.base_year]
    space.data("years", "p", periods, [time.period[label].years for label in labels["p"]])
    space.lookup("base_period", "p", periods, "p", np.full(len(periods), (base or [0])[0]))
    shares = [time.node[label].share for label in labels["s"]]
    space.data("node_share", "s", np.arange(len(shares))[:, None], shares)
    following = neighbours(exists)
    hours = np.array([time.node[label].hours for label in labels["s"]])
    within = season_neighbours(exists)
    before = within["n"].to_numpy()
    space.lookup("before_in_season", "s", within[["s"]].to_numpy(), "s", before)
    between = (hours[following["s"]] + hours[following["n"]]) / 2
    space.data("hours_between", "sn", following[["s", "n"]].to_numpy(), between)
    _declare_sequence(space, exists)
    _declare_stores(space, system, exists)


def _declare_sequence(space: Space, exists: Existing) -> None:
    """Declare the steps of the year: the step before, the time slice repeated, what it gains."""
    table = steps(exists)
    codes = table[["h"]].to_numpy(dtype=np.int32)
    space.lookup("step_before", "h", codes, "h", table["before"].to_numpy(dtype=np.int32))
    space.lookup("slice_of_step", "h", codes, "s", table["s"].to_numpy(dtype=np.int32))
    space.data("times_of_step", "h", codes, table["times"].to_numpy(dtype=float))


def _declare_stores(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare the cycle of each stored commodity and what it loses from node to node."""
    time, places = system.time, {label: code for code, label in enumerate(system.labels["s"])}
    rows, occurrences = [], []
    for code, store in enumerate(system.commodities.itertuples()):
        if store.kind != "stored" or store.cycle in (HORIZON, SEQUENCE):
            continue
        cycle = str(store.cycle) if store.cycle in CYCLES else "day"
        for label, before in time.previous(str(store.time_level), cycle).items():
            rows.append((code, places[label], places[before]))
            occurrences.append(time.occurrences(label, cycle))
    table = np.array(rows, dtype=np.int32).reshape(-1, 3)
    space.lookup("before_in_cycle", "cs", table[:, :2], "s", table[:, 2])
    space.data("occurrences", "cs", table[:, :2], occurrences)
    steps = pd.DataFrame({"c": table[:, 0], "s": table[:, 1], "times": occurrences})
    _declare_retention(space, system, exists, steps)
    sizes = exists.given("store_size").rename(columns={"value": "size"})
    sizes = sizes.drop_duplicates([*"rtc"])
    for name in ("storage_start", "charge_limit", "discharge_limit"):
        given = sizes.merge(exists.given(name), on=["r", "t"])
        given["value"] *= given["size"]
        summed = given.groupby(["r", "c"], as_index=False)["value"].sum()
        if name == "storage_start":
            summed = summed.assign(p=0)
        letters = [letter for letter in "rcp" if letter in summed]
        codes = summed[letters].to_numpy(dtype=np.int32)
        default = 0.0 if name == "storage_start" else None
        space.data(f"store_{name}", "".join(letters), codes, summed["value"].to_numpy(), default)


def _declare_retention(
    space: Space, system: EnergySystem, exists: Existing, steps: pd.DataFrame
) -> None:
    """Declare the share of a store that is left after a node, by its leakiest holder."""
    loss = exists.given("storage_loss").rename(columns={"value": "loss"})
    holders = exists.given("store_size")[[*"rtc"]].drop_duplicates().merge(loss, on=["r", "t"])
    worst = holders.groupby(["r", "c"], as_index=False)["loss"].max()
    table = worst.merge(steps, on="c")
    shares = np.array([system.time.node[label].share for label in system.labels["s"]])
    hours = shares[table["s"]] * HOURS_PER_YEAR / table["times"].to_numpy(dtype=float)
    kept = (1.0 - table["loss"].to_numpy(dtype=float)) ** hours
    space.data("retention", "rcs", table[[*"rcs"]].to_numpy(), kept, 1.0)


def _declare_money(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare what one unit invested costs in each year of each period it serves."""
    table = payment_factors(system, exists)
    codes = table[[*"rtbp"]].to_numpy()
    space.data("payment_factor", "rtvp", codes, table["value"].to_numpy())
    space.data("social_payment_factor", "rtvp", codes, table["social"].to_numpy())


def payment_factors(
    system: EnergySystem, exists: Existing, horizon: int | None = None
) -> pd.DataFrame:
    """[r,t,b,p,value,social]: yearly payment in p for one unit invested in b, where it serves.

    `social` is at the social discount rate. `horizon` is the last year that is seen, the last year
    of all periods if none is given: what is left of an investment there, or paid later, depends on
    it by the dataset's convention.
    """
    ends = np.array([period.last_year for period in system.time.periods])
    horizon = horizon or int(ends[-1])
    served = exists.service[[*"rtbp"]].drop_duplicates()
    served = served[ends[served["p"]] <= horizon].reset_index(drop=True)
    lifetime = _on(served, exists.given("lifetime"), "lifetime", system)
    loans = served.merge(_built(exists.given("loan_lifetime")), on=[*"rtb"], how="left")
    terms = pd.DataFrame({"b": served["b"], "p": served["p"], "life": lifetime})
    terms["rate"] = _on(served, exists.given("hurdle_rate"), "hurdle_rate", system)
    terms["loan"] = loans["value"].fillna(pd.Series(lifetime)).to_numpy(dtype=float)
    social = terms.assign(rate=system.settings.discount_rate)
    return served.assign(
        value=_payments(system, terms, horizon), social=_payments(system, social, horizon)
    )


def _built(given: pd.DataFrame) -> pd.DataFrame:
    """Name the vintage of a parameter as that of building."""
    return given.rename(columns={"v": "b"})


def _payments(system: EnergySystem, terms: pd.DataFrame, horizon: int) -> Floats:
    """Payment factors; each different case is computed once."""
    convention = CONVENTIONS[system.settings.conventions.investment]
    settings, periods = system.settings, system.time.period
    ranks = {name: np.unique(terms[name], return_inverse=True)[1] for name in terms.columns}
    (numbers,) = packed([pd.DataFrame(ranks)])
    _, first, place = np.unique(numbers, return_index=True, return_inverse=True)
    cases = terms.to_numpy(dtype=float)[first].tolist()

    def factor(b: float, p: float, life: float, rate: float, loan: float) -> float:
        money = Money(
            settings.discount_rate, rate, settings.discount_to, horizon, settings.conventions, loan
        )
        build: Period = periods[system.labels["v"][int(b)]]
        return convention(build, life, periods[system.labels["p"][int(p)]], money)

    found: Floats = np.array([factor(*case) for case in cases])[place]
    return found


def _on(keys: pd.DataFrame, given: pd.DataFrame, name: str, system: EnergySystem) -> Floats:
    """Values of a parameter without default on what is built; a missing one is named."""
    table = keys.merge(_built(given), on=[*"rtb"], how="left")
    missing = table[table["value"].isna()]
    if len(missing):
        names = sorted({system.labels["t"][t] for t in missing["t"]})
        raise ModelError(
            [f"technology {t!r} can be built but has no {name}; give it one" for t in names],
            code="E405",
        )
    return table["value"].to_numpy(dtype=float)


def _declare_growth(space: Space, system: EnergySystem, exists: Existing) -> None:
    """Declare growth of additions, compounded over the years between two periods."""
    seeds = exists.given("growth_seed").rename(columns={"value": "seed"})
    table = (
        exists.given("growth_rate").merge(seeds, on=["r", "t"], how="left").fillna({"seed": 0.0})
    )
    years = np.diff(exists.period_years, prepend=exists.period_years[0] - 1)
    gaps = years[table["p"].to_numpy()].tolist()
    cases = zip(table["value"].tolist(), table["seed"].tolist(), gaps, strict=True)
    pairs = [compound(1.0 + rate, seed, gap) for rate, seed, gap in cases]
    found = np.array(pairs, dtype=float).reshape(-1, 2)
    codes = table[[*"rtp"]].to_numpy()
    space.data("growth_factor", "rtp", codes, found[:, 0])
    space.data("growth_allowance", "rtp", codes, found[:, 1])


def _declare_change(space: Space, exists: Existing) -> None:
    """Declare how fast output falls, and what share of a vintage lasts from period to period."""
    rates = falling(exists)
    space.data("fall_rate", "rt", rates[["r", "t"]].to_numpy(), rates["value"].to_numpy())
    table = lasting(exists)
    space.data("lasting", "rtvp", table[[*"rtvp"]].to_numpy(), table["value"].to_numpy(), 1.0)


def _declare_stock(space: Space, exists: Existing) -> None:
    """Declare the stock with which each vintage enters its first period."""
    first = exists.capacities.sort_values("p").drop_duplicates(["r", "t", "v"])
    stock = first.merge(exists.given("existing"), on=[*"rtvp"])
    codes = stock[[*"rtvp"]].to_numpy()
    space.data("first_stock", "rtvp", codes, stock["value"].to_numpy(), 0.0)
    gone = spent(exists)
    codes = gone[[*"rtvp"]].to_numpy(dtype=np.int32)
    space.data("spent_stock", "rtvp", codes, gone["value"].to_numpy(dtype=float), 0.0)


def given_but_unread(space: Space, system: EnergySystem) -> list[str]:
    """Return a sentence for each parameter that nothing in the model reads.

    A parameter must be read for every technology it is given for; a floor, at every key.
    """
    unread = space.unread()
    problems = []
    for name, parameter in sorted(system.parameters.items()):
        if name in CONSUMED or name not in unread or not len(parameter):
            continue
        idle = unread[name]
        default = BY_NAME[name].default if name in BY_NAME else 0.0
        telling = parameter.values != (0.0 if default is None else default)
        if name in FLOORS:
            problems += _idle_rows(system, name, idle & telling)
        elif "t" in parameter.dims:
            problems += _idle_technologies(system, name, idle, telling)
        elif (idle | ~telling).all() and telling.any():
            problems.append(f"{name}: values are given but nothing in this model reads them")
    return problems


def _idle_rows(system: EnergySystem, name: str, idle: npt.NDArray[np.bool_]) -> list[str]:
    parameter = system.parameters[name]
    table = system.decode(parameter.dims, parameter.keys[idle])
    return [
        f"{name} is given for {', '.join(map(str, row))}, where the technology cannot exist"
        for row in table.itertuples(index=False)
    ]


def _idle_technologies(
    system: EnergySystem, name: str, idle: npt.NDArray[np.bool_], telling: npt.NDArray[np.bool_]
) -> list[str]:
    parameter = system.parameters[name]
    codes = parameter.keys[:, parameter.dims.index("t")]
    never = np.setdiff1d(codes[telling], codes[~idle])
    rows = zip(codes.tolist(), parameter.origins, strict=bool(parameter.origins))
    origins = {code: f"{origin}: " for code, origin in rows}
    return [
        f"{origins.get(t, '')}{name} is given for technology {system.labels['t'][t]!r} but "
        "nothing in this model reads it; switch its family on or remove the rows"
        for t in never.tolist()
    ]
