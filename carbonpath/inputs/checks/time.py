"""Time: shapes are complete, given where needed, and can be scaled as asked."""

from collections.abc import Iterator

import numpy as np

from carbonpath.inputs.capacity_factors import scaled
from carbonpath.inputs.check import check, warn
from carbonpath.inputs.frames import Frame, at, texts
from carbonpath.inputs.shapes import DAYS, HOURS, LOW, TYPICAL, blocks_of, shapes_of
from carbonpath.inputs.tables import Tables
from carbonpath.spec.dimensions import ANNUAL
from carbonpath.spec.nearest import hint
from carbonpath.strict_yaml import shown
from carbonpath.system.time import LEVELS

SHARE_TOLERANCE = 1e-6


@check
def the_base_year_begins_the_horizon(tables: Tables) -> Iterator[str]:
    """The first period is the dataset's base year; by other rules it may come later."""
    base, rule = tables.dataset.base_year, tables.dataset.conventions.periods
    if rule != "since_previous" and tables.periods and tables.periods[0] > base:
        return
    if tables.periods and tables.periods[0] != base:
        place = tables.scenario.place("horizon", "periods")
        yield f"{place}: the first period is {tables.periods[0]}; begin with the base year {base}"


@check
def shapes_are_complete(tables: Tables) -> Iterator[str]:
    """A shape has all hours: of every month for the typical day, of the months given for low."""
    data = tables["shapes"]
    if data.empty:
        return
    hours: dict[str, dict[tuple[str, int], int]] = {}
    first: dict[str, int] = {}
    rows = zip(texts(data, "profile"), texts(data, "day"), data["month"].tolist(), strict=True)
    for row, (profile, day, month) in enumerate(rows):
        first.setdefault(profile, row)
        own = hours.setdefault(profile, {})
        own[day, month] = own.get((day, month), 0) + 1
    for profile, row in first.items():
        where, own = next(at(data, [row])), hours[profile]
        short = [key for key, count in sorted(own.items()) if count < HOURS]
        absent = [month for month in range(1, 13) if (TYPICAL, month) not in own]
        if short:
            (day, month), given = short[0], own[short[0]]
            yield f"{where}: shape {profile!r} has {given} hours in month {month} ({day}); give 24"
        elif absent:
            yield f"{where}: shape {profile!r} lacks month {absent[0]} of the typical day; add it"


def complete_shapes(tables: Tables) -> Frame:
    """Return the rows of shapes that have all their hours and a number in each."""
    data = tables["shapes"]
    if data.empty:
        return data
    typical = data[data["day"] == TYPICAL].groupby("profile")["value"].agg(["count", "sum"])
    good = typical[(typical["count"] == 12 * HOURS) & (typical["sum"] > 0)].index
    low = data[data["day"] == LOW].groupby(["profile", "month"])["value"].count()
    broken = low[low != HOURS].index.get_level_values("profile")
    return data[data["profile"].isin(good.difference(broken))].reset_index(drop=True)


@check
def shapes_are_not_empty(tables: Tables) -> Iterator[str]:
    """A shape is above zero somewhere on its typical days."""
    data = tables["shapes"][tables["shapes"]["day"] == TYPICAL]
    for profile, values in data.groupby("profile", sort=True)["value"]:
        if len(values) and not (values > 0).any() and not values.isna().any():
            where = next(at(tables["shapes"], [int(values.index[0])]))
            yield f"{where}: shape {profile!r} is zero throughout; give it values"


@check
def low_days_fit_into_their_season(tables: Tables) -> Iterator[str]:
    """A season has more days than its low days."""
    for season, months in tables.dataset.seasons.items():
        days, low = DAYS[np.array(months) - 1].sum(), tables.dataset.low_days.get(season, 0.0)
        if not 0 <= low < days:
            yield f"dataset.yaml: {low:g} low days in {season} of {days:g} days; write fewer"


@check
def low_days_hold_less_than_their_season(tables: Tables) -> Iterator[str]:
    """What a shape gives on the low days leaves something for the typical ones."""
    names = texts(tables["shapes"], "profile")
    for profile, season in crowded(tables).items():
        where = next(at(tables["shapes"], [names.index(profile)]))
        yield (
            f"{where}: the low days of {season} hold more of {profile!r} than the whole season; "
            "lower them, or low_days in dataset.yaml"
        )


def crowded(tables: Tables) -> dict[str, str]:
    """Return the shapes whose low days hold more than a season has, with the first such season."""
    data = complete_shapes(tables)
    found: dict[str, str] = {}
    if data.empty or len(tables["time_slices"]):
        return found
    means = data.groupby(["profile", "day", "month"])["value"].mean().to_dict()
    for profile in sorted(set(texts(data, "profile"))):
        for season, months in tables.dataset.seasons.items():
            low = [v for m in months if (v := means.get((profile, LOW, m))) is not None]
            whole = sum(means[profile, TYPICAL, m] * DAYS[m - 1] for m in months)
            count = tables.dataset.low_days.get(season, 0.0)
            if low and count * sum(low) / len(low) > whole > 0:
                found.setdefault(profile, season)
    return found


@check
def slices_share_out_the_year(tables: Tables) -> Iterator[str]:
    """The shares of time slices given outright add up to one."""
    data = tables["time_slices"]
    total = float(data["share"].sum())
    if len(data) and not data["share"].isna().any() and abs(total - 1) > SHARE_TOLERANCE:
        where = next(at(data, [0], "share"))
        yield f"{where}: the shares of all time slices add up to {total:.6g}; make it 1"


@check
def slice_values_are_complete(tables: Tables) -> Iterator[str]:
    """A profile given by slices has a value in each, and none by year."""
    data, slices = tables["slice_values"], tables.names("time_slices")
    for row, year in enumerate(data["period"].tolist()):
        if year:
            yield f"{next(at(data, [row], 'period'))}: profiles are the same in all years; empty it"
    for profile, rows in data.groupby("profile", sort=True):
        absent = sorted(slices - set(texts(rows, "time_slice")))
        if absent:
            where = next(at(data, [int(rows.index[0])]))
            yield f"{where}: profile {profile!r} has no value in time slice {absent[0]!r}; add it"


@check
def slices_are_known(tables: Tables) -> Iterator[str]:
    """A demand or parameter of one time slice names a slice of the year, or the year itself."""
    known = {ANNUAL, *tables.names("time_slices")}
    if known == {ANNUAL}:
        blocks = blocks_of(tables.dataset, tables.scenario.horizon.slices)
        known |= {block.label for block in blocks}
    for table in ("demands", "parameters", "flows", "sequence"):
        data = tables[table]
        cells = texts(data, "time_slice")
        rows = [row for row, cell in enumerate(cells) if cell and cell not in known]
        for row, where in zip(rows, at(data, rows, "time_slice"), strict=True):
            remedy = hint(cells[row], known, "write a name of time_slices.csv")
            yield f"{where}: {shown(cells[row])} is no time slice; {remedy}"


@check
def shapes_are_given_where_needed(tables: Tables) -> Iterator[str]:
    """What is coarser in time than a commodity it touches, or demanded of one, has a shape."""
    data, flows = tables["profiles"], tables["flows"]
    cells = (texts(data, column) for column in ("purpose", "technology", "commodity"))
    given = set(zip(*cells, strict=True))
    told: set[tuple[str, str]] = set()
    columns = (texts(flows, column) for column in ("technology", "commodity", "per"))
    pairs = zip(*columns, strict=True)
    for row, (technology, commodity, per) in enumerate(pairs):
        pair = (technology, commodity)
        if per != "activity" or pair in told or not _is_coarser(tables, technology, commodity):
            continue
        told.add(pair)
        if not given & {("shape", technology, commodity), ("shape", technology, "")}:
            where = next(at(flows, [row]))
            yield (
                f"{where}: technology {technology!r} runs by the year but {commodity!r} is "
                "balanced by the hour; add its shape to profiles.csv (purpose shape)"
            )
    demands = tables["demands"]
    slices = texts(demands, "time_slice")
    for row, commodity in enumerate(texts(demands, "commodity")):
        if slices[row]:
            continue
        level = tables.commodity.get(commodity, {}).get("time_level", "annual")
        pair = ("", commodity)
        if level != "annual" and ("demand", *pair) not in given and pair not in told:
            told.add(pair)
            where = next(at(demands, [row]))
            yield (
                f"{where}: demand for {commodity!r} is balanced by the hour; add its shape to "
                "profiles.csv (purpose demand)"
            )


def _is_coarser(tables: Tables, technology: str, commodity: str) -> bool:
    own = tables.technology.get(technology, {}).get("time_level", "slice")
    other = tables.commodity.get(commodity, {}).get("time_level", "annual")
    if own not in LEVELS or other not in LEVELS:
        return False
    return LEVELS.index(own) < LEVELS.index(other)


@check
def profiles_fit_their_purpose(tables: Tables) -> Iterator[str]:
    """A capacity factor belongs to a technology, a shape to its commodity, a demand to none."""
    data = tables["profiles"]
    cells = (texts(data, column) for column in ("purpose", "technology", "commodity"))
    means = data["mean"].isna().tolist()
    places = list(at(data, range(len(data))))
    for row, (purpose, technology, commodity) in enumerate(zip(*cells, strict=True)):
        where = places[row]
        if purpose == "demand" and (technology or not commodity):
            yield f"{where}: purpose demand needs a commodity and no technology"
        elif purpose in ("shape", "capacity_factor") and not technology:
            yield f"{where}: purpose {purpose} needs a technology; fill it in"
        elif purpose != "capacity_factor" and not means[row]:
            yield f"{where}: only a capacity_factor has a mean; empty the cell"


@warn
def capacity_factors_need_no_redistribution(tables: Tables) -> Iterator[str]:
    """A profile scaled to its mean stays below one; else its peaks are cut and moved."""
    for row, where, name, outcome in _scalings(tables):
        if outcome == "cut":
            mean = float(tables["profiles"]["mean"].tolist()[row])
            yield (
                f"{where}: the profile of {name!r} exceeds 1 when scaled to a mean of {mean:g}; "
                "its peaks are cut to 1 and the rest is raised"
            )


@check
def means_can_be_reached(tables: Tables) -> Iterator[str]:
    """A profile can be scaled to its mean without exceeding one in every slice."""
    for row, where, name, outcome in _scalings(tables):
        if outcome == "impossible":
            mean = float(tables["profiles"]["mean"].tolist()[row])
            yield (
                f"{where}: the profile of {name!r} cannot have a mean of {mean:g}: it is zero too "
                "often; lower the mean"
            )


def _scalings(tables: Tables) -> Iterator[tuple[int, str, str, str]]:
    """Yield row, place, technology and outcome of each capacity factor that is scaled."""
    if any(low_days_fit_into_their_season(tables)):
        return
    complete = complete_shapes(tables)
    fine = complete[~complete["profile"].isin(list(crowded(tables)))].reset_index(drop=True)
    good = tables.with_frames({"shapes": fine})
    shapes, data = shapes_of(good), tables["profiles"]
    purposes, profiles = texts(data, "purpose"), texts(data, "profile")
    means = data["mean"].tolist()
    for row, (purpose, profile) in enumerate(zip(purposes, profiles, strict=True)):
        mean = float(means[row])
        if purpose == "capacity_factor" and profile in shapes.values and 0 <= mean <= 1:
            _, outcome = scaled(shapes.values[profile], shapes.shares, mean)
            yield row, next(at(data, [row], "mean")), texts(data, "technology")[row], outcome
