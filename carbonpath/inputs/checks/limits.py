"""Limits and history: each selects something, agrees with itself and can be priced."""

from collections.abc import Iterator

from carbonpath.inputs.check import check, warn
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.patterns import matching, split
from carbonpath.inputs.selection import Selection, row_texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT, EACH
from carbonpath.spec.dimensions import BY_NAME as DIMENSIONS
from carbonpath.spec.nearest import hint
from carbonpath.spec.quantities import BY_NAME as QUANTITIES
from carbonpath.strict_yaml import shown

ONE_PER_LIMIT = (
    "quantity", "region", "technology", "commodity", "sector", "group", "run_vintage", "run_mode",
    "time_slice", "each", "of", "of_region", "of_technology", "of_commodity", "of_sector",
    "of_group", "of_run_vintage", "of_run_mode", "of_time_slice", "lag", "per", "sense", "mode",
    "seed",
)  # fmt: skip
TABLES = ("limits", "history")


@check
def patterns_match_something(tables: Tables) -> Iterator[str]:
    """Every pattern of a limit or of history matches a technology, commodity, sector or group."""
    technologies = tables.technology
    names = {
        "region": sorted(tables.names("regions")),
        "technology": list(technologies),
        "commodity": list(tables.commodity),
        "sector": sorted({row["folder"] for row in technologies.values()}),
        "group": sorted({row["group"] for row in technologies.values()}),
    }
    for table in TABLES:
        data = tables[table]
        for column in data.columns.intersection([*names, *(f"of_{name}" for name in names)]):
            pool, cells = names[str(column).removeprefix("of_")], texts(data, str(column))
            wrong = {
                cell: part
                for cell in set(cells)
                for part in split(cell)
                if not matching(pool, part)
            }
            rows = [row for row, cell in enumerate(cells) if cell in wrong]
            for row, where in zip(rows, at(data, rows, str(column)), strict=True):
                part = wrong[cells[row]]
                remedy = hint(part, pool, "check the spelling")
                yield f"{where}: nothing is called {shown(part)}; {remedy}"


@check
def limits_select_something(tables: Tables) -> Iterator[str]:
    """What the patterns select together exists, and flows where the quantity counts flows."""
    selection = Selection(tables)
    for table in TABLES:
        data, told = tables[table], set()
        for row, cells in enumerate(row_texts(tables, table)):
            for prefix, column in (("", "quantity"), ("of_", "of")):
                key = (cells["id"], prefix)
                if key in told or not cells.get(column):
                    continue
                told.add(key)
                if problem := _selects_nothing(selection, cells, prefix, cells[column]):
                    yield f"{next(at(data, [row]))}: {cells['id']}: {problem}"


def _selects_nothing(
    selection: Selection, cells: dict[str, str], prefix: str, quantity: str
) -> str:
    """Say why a limit selects nothing; patterns that match nothing are told elsewhere."""
    spec = QUANTITIES.get(quantity)
    if spec is None:
        return ""
    letters = {"technology": "t", "sector": "t", "group": "t", "commodity": "c"}
    for column, letter in letters.items():
        if cells.get(f"{prefix}{column}") and letter not in spec.dims:
            if column == "sector" and "c" in spec.dims:
                continue
            return f"{quantity} cannot be selected by {column}; empty {prefix}{column}"
    technologies = selection.technologies(cells, prefix)
    commodities = selection.commodities(cells, prefix)
    if ("t" in spec.dims and not technologies) or ("c" in spec.dims and not commodities):
        return ""
    if "t" in spec.dims and "c" in spec.dims and not selection.pairs(spec, cells, prefix):
        return f"{quantity} of what is selected does not exist: no such flow; see flows.csv"
    return ""


@check
def limits_agree_with_themselves(tables: Tables) -> Iterator[str]:
    """The rows of one limit differ in year, value and price only."""
    data = tables["limits"]
    first: dict[str, int] = {}
    rows = row_texts(tables, "limits")
    for row, cells in enumerate(rows):
        other = first.setdefault(cells["id"], row)
        for column in ONE_PER_LIMIT:
            if column in cells and rows[other][column] != cells[column]:
                where, before = next(at(data, [row], column)), next(at(data, [other]))
                yield (
                    f"{where}: {shown(cells[column])}, but {shown(rows[other][column])} in "
                    f"{before}; the rows of a limit differ in year, value and price only"
                )


@check
def soft_limits_have_a_price(tables: Tables) -> Iterator[str]:
    """A soft limit is an inequality and says what missing it costs."""
    data = tables["limits"]
    prices = data["price"].isna().tolist()
    places = list(at(data, range(len(data))))
    for row, cells in enumerate(row_texts(tables, "limits")):
        where = places[row]
        soft = cells["mode"] == "soft"
        if soft and prices[row]:
            yield f"{where}: soft limit {cells['id']!r} has no price; give price and price_unit"
        elif soft and cells["sense"] == "==":
            yield f"{where}: soft limit {cells['id']!r} cannot be ==; write <= or >="


@check
def ratios_are_linear(tables: Tables) -> Iterator[str]:
    """`lag` and `seed` need `of`; `per` with `of` needs a lag, else the driver cancels out."""
    data = tables["limits"]
    seeds = data["seed"].isna().tolist()
    places = list(at(data, range(len(data))))
    for row, cells in enumerate(row_texts(tables, "limits")):
        where = places[row]
        if cells["lag"] and not cells["of"]:
            yield f"{where}: 'lag' says when 'of' is taken, but 'of' is empty; fill it in"
        elif not seeds[row] and not cells["of"]:
            yield f"{where}: 'seed' is added to a multiple of 'of', but 'of' is empty; fill it in"
        elif cells["per"] and cells["of"] and not cells["lag"]:
            yield f"{where}: 'per' cancels out when 'of' is of the same year; set lag to 1 or base"


@check
def groups_of_limits_are_dimensions(tables: Tables) -> Iterator[str]:
    """`each` lists dimensions that the quantity has."""
    data = tables["limits"]
    for row, cells in enumerate(row_texts(tables, "limits")):
        spec = QUANTITIES.get(cells["quantity"])
        for name in cells["each"].split():
            where = next(at(data, [row], "each"))
            if name not in EACH:
                yield f"{where}: {shown(name)} is no dimension; {hint(name, EACH)}"
            elif name == "period":
                continue
            elif spec is not None and DIMENSIONS[name].letter not in spec.dims:
                yield f"{where}: {cells['quantity']} has no {name}; remove the word"


@check
def sums_have_no_year(tables: Tables) -> Iterator[str]:
    """A limit on the sum over the horizon (between=total) has one row, without a year."""
    data = tables["limits"]
    years = data["period"].tolist()
    for row, cells in enumerate(row_texts(tables, "limits")):
        if cells["between"] in ("total", "sum") and years[row] != ABSENT:
            where = next(at(data, [row], "period"))
            word = cells["between"]
            yield f"{where}: between={word} limits the sum over all years; empty the cell"


@warn
def history_is_of_periods(tables: Tables) -> Iterator[str]:
    """Statistical years are periods of the horizon; others are not used."""
    data, doubtful = tables["history"], tables["history"]["doubtful"].tolist()
    periods = (*tables.periods, tables.dataset.base_year)
    for row, year in enumerate(data["period"].tolist()):
        if year not in periods and not doubtful[row]:
            where = next(at(data, [row], "period"))
            yield f"{where}: {year} is not a period of this horizon, so the row is not used"


@check
def limits_and_history_have_their_own_ids(tables: Tables) -> Iterator[str]:
    """No id of history is that of a limit: results name their rows by it."""
    limits, data = tables.names("limits", "id"), tables["history"]
    for row, name in enumerate(texts(data, "id")):
        if name in limits:
            where = next(at(data, [row], "id"))
            yield f"{where}: {name!r} is the id of a limit too; give it another"
