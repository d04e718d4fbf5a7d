"""What a scenario adds to a baseline, sorted into policies.

Both are compared as resolved, not as written. What differs is a limit that acts (hard or soft; one
that is only tracked does nothing), a price, an option of the dataset, or an assumption (drivers,
changes of tables, knowledge). Every difference belongs to one policy, found by rule; a policy is
taken away by putting back what the baseline has.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from typing import Any

from carbonpath.errors import InputError
from carbonpath.inputs.frames import texts
from carbonpath.inputs.load import load_system, load_tables
from carbonpath.inputs.tables import Tables
from carbonpath.scenario import Scenario
from carbonpath.system.system import EnergySystem, Limit

ACTING = ("hard", "soft")
TOLD = ("label_zh", "label_en", "source", "because", "origin", "regime", "unit")
"""What a limit says to readers; two limits that differ only in this are the same."""
OF_BASELINE = "@baseline"
"""Ends the name of a limit as the baseline has it, where the scenario has another one."""
POLICIES: Mapping[str, tuple[str, str]] = {
    "non_fossil": ("非化石能源", "Non-fossil energy"),
    "dual_control": ("能耗双控", "Energy control"),
    "coal": ("控煤", "Coal limits"),
    "oil_gas": ("控油气", "Oil and gas limits"),
    "carbon_limits": ("碳约束", "CO2 limits"),
    "carbon_price": ("碳价", "Carbon price"),
    "power": ("电力装机目标", "Power capacity"),
    "assumptions": ("其他假设", "Other assumptions"),
    "other": ("其他约束", "Other limits"),
}
"""Policies in their order, the same in every table; sectors and options come after them."""
QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "non_fossil": ("non_fossil_*", "renewable_*"),
    "dual_control": ("energy_total*",),
    "coal": ("coal_*",),
    "oil_gas": ("oil_*", "gas_*", "fossil_*"),
    "carbon_limits": ("co2_*", "emissions"),
}
"""The totals that belong to a policy, whatever a limit on them selects."""
POWER = "energy"
"""The sector whose limits on plants, lines and stores are the policy `power`."""
SECTOR, OPTION = "sector_", "option_"
ASSUMPTIONS = ("drivers", "changes", "knowledge")
Difference = tuple[str, str, str]
"""Policy, kind (a field of Policy) and name of one thing in which two scenarios differ."""


@dataclass(frozen=True)
class Policy:
    """One policy: its name in both languages, and what of the scenario belongs to it."""

    key: str
    zh: str
    en: str
    limits: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def by_limits(self) -> bool:
        """Whether it consists of limits only, which are switched in the solver."""
        return not (self.prices or self.options or self.assumptions)

    @property
    def parts(self) -> list[str]:
        """What belongs to it, by id."""
        return [*self.limits, *self.prices, *self.options, *self.assumptions]


@dataclass(frozen=True)
class Pair:
    """A scenario and the baseline it is compared with."""

    scenario: Scenario
    baseline: Scenario

    def without(self, taken: Collection[Policy]) -> Scenario:
        """Return the scenario with the baseline's prices, options and assumptions of policies."""
        here, there = self.scenario, self.baseline
        prices = {name for policy in taken for name in policy.prices}
        options = {name for policy in taken for name in policy.options}
        update: dict[str, Any] = {
            "prices": (
                *(row for row in here.prices if row.id not in prices),
                *(row for row in there.prices if row.id in prices),
            ),
            "options": {
                **{name: value for name, value in here.options.items() if name not in options},
                **{name: value for name, value in there.options.items() if name in options},
            },
        }
        if any(policy.assumptions for policy in taken):
            update |= {name: getattr(there, name) for name in ASSUMPTIONS}
        return here.model_copy(update=update)

    def variants(self, taken: Collection[Policy]) -> tuple[EnergySystem, dict[str, Limit | None]]:
        """Return the system without the prices and options of some policies, and limits apart.

        Apart are the limits of the scenario that do not act, or act otherwise, in the baseline:
        each with what the baseline has in its place.
        """
        mine = self.without(taken)
        system = load_system(mine).system
        theirs = load_system(mine.model_copy(update={"limits": self.baseline.limits})).system
        here, there = acting(system), acting(theirs)
        names = dict.fromkeys([*here, *there])
        return system, {
            name: there.get(name)
            for name in names
            if substance(here.get(name)) != substance(there.get(name))
        }

    def system(self, taken: Collection[Policy]) -> EnergySystem:
        """Return the system without some policies, with the limits of both, to be switched.

        A limit that acts otherwise in the baseline is there twice, the second time under its name
        with the ending OF_BASELINE.
        """
        system, apart = self.variants(taken)
        old = [replace(one, id=one.id + OF_BASELINE) for one in apart.values() if one]
        return replace(system, limits=(*system.limits, *old))


def acting(system: EnergySystem) -> dict[str, Limit]:
    """Return the limits that make a row in the model, by id."""
    return {limit.id: limit for limit in system.limits if limit.mode in ACTING}


def substance(limit: Limit | None) -> dict[str, Any]:
    """Return what a limit demands; nothing of one that is not there."""
    if limit is None:
        return {}
    names = [field.name for field in fields(Limit) if field.name not in TOLD]
    return {name: getattr(limit, name) for name in names}


def policies(pair: Pair) -> list[Policy]:
    """Return the policies by which a scenario differs from its baseline, in the order of tables.

    Raise an InputError if the two cannot be compared or do not differ.
    """
    here, there = pair.scenario, pair.baseline
    if problems := [
        f"{here.id} and {there.id} have another {name}; give both the same"
        for name in ("dataset", "horizon")
        if getattr(here, name) != getattr(there, name)
    ]:
        raise InputError(problems, code="E710")
    tables = load_tables(here)
    found: dict[str, dict[str, Any]] = {}
    for key, kind, name in _differences(pair, tables):
        entry = found.setdefault(key, {})
        entry[kind] = (*entry.get(kind, ()), name)
    if not found:
        raise InputError(
            f"{here.id} asks for nothing that {there.id} does not; choose another", code="E735"
        )
    order = [*POLICIES, *sorted(found.keys() - POLICIES.keys())]
    return [
        Policy(key, *_titles(key, tables), **found[key])
        for key in dict.fromkeys(order)
        if key in found
    ]


def _differences(pair: Pair, tables: Tables) -> Iterator[Difference]:
    """Yield everything in which a scenario differs from its baseline."""
    system, apart = pair.variants(())
    here = acting(system)
    for name, old in apart.items():
        limit = here.get(name) or old
        assert limit is not None  # apart names limits that one of the two has
        yield policy_of(limit, system), "limits", name
    before = load_tables(pair.baseline)
    old_prices = {row.id: row for row in pair.baseline.prices}
    new_prices = {row.id: row for row in pair.scenario.prices}
    for name in dict.fromkeys([*new_prices, *old_prices]):
        if new_prices.get(name) != old_prices.get(name):
            yield "carbon_price", "prices", name
    conditions = [*texts(tables["prices"], "when"), *texts(before["prices"], "when")]
    for name, value in tables.options.items():
        if value != before.options[name]:
            prices = any(text.startswith(f"{name}=") for text in conditions)
            yield "carbon_price" if prices else OPTION + name, "options", name
    for name in ASSUMPTIONS:
        if getattr(pair.scenario, name) != getattr(pair.baseline, name):
            yield "assumptions", "assumptions", name


def policy_of(limit: Limit, system: EnergySystem) -> str:
    """Return the policy that a limit belongs to: by its total, else by the sector it selects."""
    for key, patterns in QUANTITIES.items():
        if any(fnmatchcase(limit.quantity, pattern) for pattern in patterns):
            return key
    sectors = sectors_of(limit, system)
    if sectors == {POWER}:
        return "power"
    return SECTOR + sectors.pop() if len(sectors) == 1 else "other"


def sectors_of(limit: Limit, system: EnergySystem) -> set[str]:
    """Return the sectors of the technologies, or else commodities, that a limit selects."""
    if "sector" in limit.where:
        return set(limit.where["sector"])
    for name, table in (("technology", system.technologies), ("commodity", system.commodities)):
        patterns = limit.where.get(name, ())
        chosen = [any(fnmatchcase(key, one) for one in patterns) for key in table.index]
        if any(chosen):
            return {str(sector) for sector in table.loc[chosen, "sector"]}
    return set()


def _titles(key: str, tables: Tables) -> tuple[str, str]:
    """Return the name of a policy in Chinese and English."""
    if key in POLICIES:
        return POLICIES[key]
    name = key.removeprefix(OPTION)
    if name in tables.dataset.options:
        label = tables.dataset.options[name].label
        return label.zh or name, label.en or name
    name = key.removeprefix(SECTOR)
    label = tables.sectors[name].label
    return f"{label.zh}领域目标", f"{label.en} targets"
