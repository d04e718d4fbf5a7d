"""Technologies: complete, able to exist, and given only what applies to them."""

from collections.abc import Iterator

from carbonpath.inputs.check import check, warn
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.parameters import BY_NAME as PARAMETERS
from carbonpath.spec.units import ENERGY, MASS, parse, problem_with

NEEDED = {"investment_cost": ("lifetime", "hurdle_rate")}
"""What a parameter makes necessary."""
COLUMNS = {"mode": "m", "commodity": "c", "situation": "k", "time_slice": "s", "vintage": "v"}


def given_parameters(tables: Tables) -> dict[str, set[str]]:
    """Return the parameters that each technology is given."""
    data = tables["parameters"]
    given: dict[str, set[str]] = {}
    for technology, name in zip(texts(data, "technology"), texts(data, "parameter"), strict=True):
        given.setdefault(technology, set()).add(name)
    return given


@check
def capacities_are_complete(tables: Tables) -> Iterator[str]:
    """A technology with a capacity says what it yields, and what a new one costs and lives."""
    given, data = given_parameters(tables), tables["technologies"]
    stocked = tables.names("stock", "technology")
    flows = tables["flows"]
    running = set(texts(flows[flows["per"] == "activity"], "technology"))
    rows = zip(texts(data, "technology"), texts(data, "capacity_unit"), strict=True)
    for row, (name, unit) in enumerate(rows):
        if not unit:
            continue
        own = given.get(name, set())
        needed = [other for cause, others in NEEDED.items() if cause in own for other in others]
        needed += ["capacity_to_activity"] if name in running else []
        needed += ["lifetime"] if name in stocked else []
        missing = [other for other in dict.fromkeys(needed) if other not in own]
        if missing:
            where = next(at(data, [row]))
            yield (
                f"{where}: technology {name!r} has a capacity but no {' and no '.join(missing)}; "
                "add it to parameters.csv"
            )


@warn
def capacities_can_exist(tables: Tables) -> Iterator[str]:
    """A technology with a capacity has a stock or can be built."""
    given, data = given_parameters(tables), tables["technologies"]
    stocked = tables.names("stock", "technology")
    rows = zip(texts(data, "technology"), texts(data, "capacity_unit"), strict=True)
    for row, (name, unit) in enumerate(rows):
        if unit and name not in stocked and "investment_cost" not in given.get(name, set()):
            where = next(at(data, [row]))
            yield (
                f"{where}: technology {name!r} has neither stock nor investment_cost, so it can "
                "never exist"
            )


@check
def technologies_have_flows(tables: Tables) -> Iterator[str]:
    """Every technology makes or takes something, or emits whatever the model does."""
    given, data = tables["parameters"], tables["technologies"]
    outside = texts(given[given["parameter"] == "exogenous_emission"], "technology")
    flowing = {*tables.names("flows", "technology"), *outside}
    for row, name in enumerate(texts(data, "technology")):
        if name not in flowing:
            where = next(at(data, [row]))
            yield f"{where}: technology {name!r} has no flows; add them to flows.csv"


@check
def parameters_use_their_columns(tables: Tables) -> Iterator[str]:
    """A parameter is given by mode, commodity, situation or vintage only where it depends on it."""
    data = tables["parameters"]
    names = texts(data, "parameter")
    for column, letter in COLUMNS.items():
        cells = data[column].tolist()
        rows = [
            row
            for row, (name, cell) in enumerate(zip(names, cells, strict=True))
            if cell not in ("", ABSENT)
            and name in PARAMETERS
            and letter not in PARAMETERS[name].dims
        ]
        for row, where in zip(rows, at(data, rows, column), strict=True):
            yield f"{where}: {names[row]} does not depend on a {column}; empty the cell"


@check
def vintages_are_kept_where_given(tables: Tables) -> Iterator[str]:
    """Flows and parameters by vintage belong to technologies that keep their vintages."""
    for table in ("flows", "parameters"):
        data = tables[table]
        names, vintages = texts(data, "technology"), data["vintage"].tolist()
        rows = [
            row
            for row, (name, vintage) in enumerate(zip(names, vintages, strict=True))
            if vintage != ABSENT
            and name in tables.technology
            and tables.technology[name]["vintages"] == "pooled"
        ]
        for row, where in zip(rows, at(data, rows, "vintage"), strict=True):
            yield (
                f"{where}: technology {names[row]!r} pools its vintages; set vintages to kept in "
                "technologies.csv, or empty the cell"
            )


@check
def units_of_things_are_canonical(tables: Tables) -> Iterator[str]:
    """Energy is kept in PJ and mass in Mt, whatever the units of the numbers."""
    for table, column in (("commodities", "unit"), ("technologies", "activity_unit")):
        data = tables[table]
        units = texts(data, column)
        wanted = {text: _wanted(text) for text in set(units)}
        rows = [row for row, text in enumerate(units) if wanted[text] not in ("", text)]
        for row, where in zip(rows, at(data, rows, column), strict=True):
            yield (
                f"{where}: {units[row]!r} must be {wanted[units[row]]!r}, the unit kept inside; "
                "numbers in other tables may have any unit of the kind"
            )


def _wanted(text: str) -> str:
    if not text or problem_with(text):
        return ""
    return {ENERGY: "PJ", MASS: "Mt"}.get(parse(text).exponents, "")


@check
def kept_vintages_are_of_capacities(tables: Tables) -> Iterator[str]:
    """Only a technology with a capacity keeps vintages."""
    data = tables["technologies"]
    cells = zip(texts(data, "vintages"), texts(data, "capacity_unit"), strict=True)
    rows = [row for row, (vintages, unit) in enumerate(cells) if vintages == "kept" and not unit]
    for where in at(data, rows, "vintages"):
        yield f"{where}: without a capacity there are no vintages; write pooled"


@check
def builds_are_given_by_period(tables: Tables) -> Iterator[str]:
    """What depends on the year of building alone is given by `period`, not by `vintage`."""
    data = tables["parameters"]
    names, vintages = texts(data, "parameter"), data["vintage"].tolist()
    rows = [
        row
        for row, (name, vintage) in enumerate(zip(names, vintages, strict=True))
        if vintage != ABSENT and name in PARAMETERS and "p" not in PARAMETERS[name].dims
    ]
    for row, where in zip(rows, at(data, rows, "vintage"), strict=True):
        yield f"{where}: write the year of building of {names[row]} in 'period'"


@check
def capacity_factors_are_of_capacities(tables: Tables) -> Iterator[str]:
    """Only a technology with a capacity has a capacity factor."""
    data = tables["profiles"]
    cells = zip(texts(data, "purpose"), texts(data, "technology"), strict=True)
    for row, (purpose, name) in enumerate(cells):
        unit = tables.technology.get(name, {}).get("capacity_unit", "GW")
        if purpose == "capacity_factor" and name and not unit:
            where = next(at(data, [row]))
            yield f"{where}: technology {name!r} has no capacity; give it one or remove the row"


@check
def peak_factors_name_their_commodity(tables: Tables) -> Iterator[str]:
    """A peak factor given outright says for the use of which commodity."""
    data = tables["parameters"]
    cells = zip(texts(data, "parameter"), texts(data, "commodity"), strict=True)
    rows = [
        row
        for row, (name, commodity) in enumerate(cells)
        if name == "peak_factor" and not commodity
    ]
    for where in at(data, rows, "commodity"):
        yield f"{where}: empty; write the commodity whose use loads the peak"


@check
def there_is_a_region(tables: Tables) -> Iterator[str]:
    """The dataset has at least one region."""
    if not tables.names("regions"):
        yield "regions.csv: no region is declared; add one row"
