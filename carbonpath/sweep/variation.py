"""A point of the sample becomes a scenario: the base with some values scaled, set or chosen."""

from collections.abc import Mapping, Sequence

from carbonpath.errors import Coded, InputError
from carbonpath.inputs.load import tables_of
from carbonpath.inputs.problems import Problems
from carbonpath.inputs.tables import Tables
from carbonpath.scenario import Change, Scenario
from carbonpath.sweep.study import Factor

Value = float | str
TABLES = {"limit": ("limits", "id"), "price": ("prices", "id"), "driver": ("drivers", "driver")}
"""Table and key column of what a factor may name instead of a table."""


def varied(
    base: Scenario,
    factors: Sequence[Factor],
    values: Mapping[str, Value],
    places: Mapping[str, str],
) -> Scenario:
    """Return the base scenario at a point; every change keeps the place of its factor."""
    options, changes = dict(base.options), list(base.changes)
    origins: dict[tuple[str | int, ...], str] = dict(base.places)
    for factor in factors:
        value = values[factor.id]
        if factor.option is not None:
            options[factor.option] = str(value)
            origins["options", factor.option] = places[factor.id]
        else:
            origins["changes", len(changes)] = places[factor.id]
            changes.append(change(factor, float(value)))
    updates = {"options": options, "changes": tuple(changes), "places": origins}
    return base.model_copy(update=updates)


def change(factor: Factor, value: float) -> Change:
    """Return the change of a table that puts a value of a factor into effect."""
    if factor.table is not None:
        table, where = factor.table, dict(factor.where)
    else:
        table, column = TABLES[factor.kind]
        where = {column: getattr(factor, factor.kind)}
        if factor.periods is not None:
            where["period"] = list(factor.periods)
    because = f"factor {factor.id} of the study"
    if factor.value is not None:
        amount = f"{value!r} {factor.value.unit}".removesuffix(" 1")
        return Change(table=table, where=where, set=amount, because=because)
    return Change(table=table, where=where, scale=value, because=because)


def check(base: Scenario, factors: Sequence[Factor], places: Mapping[str, str]) -> None:
    """Refuse a study whose ends cannot be laid over the tables, or whose sources are unknown."""
    problems: list[str] = []
    for ends in corners(factors):
        found = Problems()
        tables = tables_of(varied(base, factors, ends, places), found)
        problems += found.listed_errors()
        if tables is not None:
            problems += unknown_sources(factors, tables, places)
    if problems:
        problems = list(dict.fromkeys(problems))
        raise InputError(problems)


def corners(factors: Sequence[Factor]) -> list[dict[str, Value]]:
    """Return the points with all values low, all high, and with each choice once."""
    widest = max([2, *[len(factor.choices) for factor in factors if factor.choices]])
    return [{factor.id: end(factor, number) for factor in factors} for number in range(widest)]


def end(factor: Factor, number: int) -> Value:
    """Return the low end (0), the high end (any other number), or a choice of a factor."""
    if factor.choices is not None:
        return list(factor.choices)[number % len(factor.choices)]
    given = factor.scale or factor.value
    assert given is not None  # the schema has seen to it
    low, _, high = given.numbers
    return low if number == 0 else high


def unknown_sources(
    factors: Sequence[Factor], tables: Tables, places: Mapping[str, str]
) -> list[str]:
    """Name sources that sources.csv does not declare."""
    known = set(tables["sources"]["source"])
    return [
        Coded(
            f"{places[factor.id]}: source {factor.source!r} of factor {factor.id!r} is not "
            "declared; add it to sources.csv, or write 'quality: assumed' and 'because'",
            "E756",
        )
        for factor in factors
        if factor.source and factor.source not in known
    ]
