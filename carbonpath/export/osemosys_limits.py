"""Limits as OSeMOSYS knows them: emissions, activity of the horizon, renewable targets."""

from fnmatch import fnmatchcase

from carbonpath.export.osemosys_view import View
from carbonpath.system.system import ALL_PERIODS, Limit


def limits(view: View) -> None:
    """Write each limit that has a place, and name the others."""
    for limit in view.system.limits:
        if limit.mode not in ("hard", "history"):
            view.lost.append(f"limit {limit.id} is {limit.mode}; OSeMOSYS has hard limits only")
        elif not (_emissions(view, limit) or _activity(view, limit) or _target(view, limit)):
            view.lost.append(f"limit {limit.id} on {limit.quantity} has no place in OSeMOSYS")


def _selected(limit: Limit, key: str, names: list[str], *, of: bool = False) -> list[str]:
    """The names that a limit selects; all where it says nothing."""
    patterns = (limit.of_where if of else limit.where).get(key)
    if patterns is None:
        return names
    return [n for n in names if any(fnmatchcase(n, pattern) for pattern in patterns)]


def _emissions(view: View, limit: Limit) -> bool:
    """A cap on one emission, by year or over the horizon."""
    names = _selected(limit, "commodity", view.sets["EMISSION"])
    plain = limit.quantity == "emissions" and limit.sense == "<=" and not limit.of
    if not plain or len(names) != 1 or set(limit.where) - {"commodity", "region", "technology"}:
        return False
    counted = _selected(limit, "technology", list(view.system.labels["t"]))
    running = {key[1] for key in view.rows.get("EmissionActivityRatio", {}) if key[2] == names[0]}
    if running - set(counted):
        return False
    for r in _selected(limit, "region", view.sets["REGION"]):
        for year, value in limit.values.items():
            kind, key = ("ModelPeriod", (r, names[0])) if year == ALL_PERIODS else (
                "Annual", (r, names[0], year))  # fmt: skip
            view.put(f"{kind}EmissionLimit", key, value)
            _exogenous(view, f"{kind}ExogenousEmission", key, counted)
    return True


def _exogenous(view: View, name: str, key: tuple[str, ...], counted: list[str]) -> None:
    """Write the exogenous emissions that a limit counts, of one year or of all."""
    table = view.table("exogenous_emission")
    mine = table[(table["r"] == key[0]) & (table["c"] == key[1]) & table["t"].isin(counted)]
    if len(key) > 2:  # noqa: PLR2004 - region, emission, year
        mine = mine[mine["p"] == key[2]]
    if total := float(mine["value"].sum()):
        view.put(name, key, total)


def _activity(view: View, limit: Limit) -> bool:
    """A bound of one technology's activity over the horizon."""
    names = _selected(limit, "technology", view.sets["TECHNOLOGY"])
    fits = limit.quantity == "total_activity" and not limit.of and set(limit.values) == {""}
    if not fits or len(names) != 1 or set(limit.where) - {"technology", "region"}:
        return False
    if limit.sense == "==":
        return False
    end = "Upper" if limit.sense == "<=" else "Lower"
    for r in _selected(limit, "region", view.sets["REGION"]):
        view.put(
            f"TotalTechnologyModelPeriodActivity{end}Limit",
            (r, names[0]),
            limit.values[ALL_PERIODS],
        )
    return True


def _target(view: View, limit: Limit) -> bool:
    """A smallest share of some technologies in the output of some fuels."""
    plain = limit.quantity == "output" and limit.of == "output" and limit.sense == ">="
    if not plain or limit.lag or limit.seed or "" in limit.values:
        return False
    if set(limit.where) - {"technology", "commodity", "region"}:
        return False
    for r in _selected(limit, "region", view.sets["REGION"]):
        for year, value in limit.values.items():
            view.put("REMinProductionTarget", (r, year), value)
            for t in _selected(limit, "technology", view.sets["TECHNOLOGY"]):
                view.put("RETagTechnology", (r, t, year), 1.0)
            for fuel in _selected(limit, "commodity", view.sets["FUEL"], of=True):
                view.put("RETagFuel", (r, fuel, year), 1.0)
    return True
