"""Stores as OSeMOSYS knows them: sizes, rates, and the places of slices in season, day and hour."""

from carbonpath.export.osemosys_view import View

Place = tuple[str, str, str]


def stores(view: View) -> None:
    """Write every store and what charges it."""
    stored = view.sets["STORAGE"]
    if not stored:
        return
    for row in view.table("flow").to_dict("records"):
        if row["c"] in stored and row["value"]:
            name = "TechnologyToStorage" if row["value"] > 0 else "TechnologyFromStorage"
            view.put(name, (row["r"], row["t"], row["c"], row["m"]), abs(row["value"]))
    for row in view.table("store_size").to_dict("records"):
        _holder(view, row["r"], row["t"], row["c"], row["value"])
    cycles = view.system.commodities["cycle"]
    for name in stored:
        if cycles[name] != "horizon":
            view.lost.append(f"store {name} returns to its start; OSeMOSYS lets it go on")
    _places(view)


def _holder(view: View, r: str, t: str, c: str, size: float) -> None:
    """Write what one technology holds of a store, in the store's own unit."""
    if t not in view.holders:
        view.lost.append(f"technology {t} both runs and holds {c}; OSeMOSYS sizes stores apart")
        return
    for name, own, times in (
        ("CapitalCostStorage", "investment_cost", 1 / size),
        ("ResidualStorageCapacity", "existing", size), ("MinStorageCharge", "minimum_level", 1.0),
        ("OperationalLifeStorage", "lifetime", 1.0), ("StorageLevelStart", "storage_start", size),
        ("StorageMaxChargeRate", "charge_limit", size),
        ("StorageMaxDischargeRate", "discharge_limit", size),
    ):  # fmt: skip
        table = view.table(own)
        mine = table[(table["r"] == r) & (table["t"] == t)]
        for row in mine.to_dict("records"):
            year = row["p"] if "p" in row else row.get("v")
            rated = own in ("investment_cost", "existing", "minimum_level")
            view.put(name, (r, c, str(year)) if rated else (r, c), row["value"] * times)
    view.put("DiscountRateStorage", (r, c), view.system.settings.discount_rate)
    built = view.table("investment_cost")
    if built[(built["r"] == r) & (built["t"] == t)].empty:
        view.put("OperationalLifeStorage", (r, c), 0.0)


def _places(view: View) -> None:
    """Write the season, day type and bracket of each slice, and the lengths of days."""
    found: dict[Place, str] = {}
    seen: dict[tuple[str, str], int] = {}
    for node in view.system.time.at("slice"):
        season, day = node.parent.removeprefix("season-"), node.day
        seen[season, day] = bracket = seen.get((season, day), 0) + 1
        found[season, day, str(bracket)] = node.label
    points = set(view.table("level_weight")["h"])
    wanted = {f"{s}-{d}-{b}-first-start" for s, d, b in found}
    if not points or not wanted <= points:
        view.lost.append("checkpoints are not those of season, day type and bracket")
        return
    kinds = (("SEASON", "Conversionls"), ("DAYTYPE", "Conversionld"),
             ("DAILYTIMEBRACKET", "Conversionlh"))  # fmt: skip
    for n, (kind, name) in enumerate(kinds):
        view.sets[kind] = sorted({place[n] for place in found}, key=int)
        for place, s in found.items():
            view.put(name, (s, place[n]), 1.0)
    _days(view, found)


def _days(view: View, places: dict[Place, str]) -> None:
    """Write the length of brackets and the days of day types, from what checkpoints have gained."""
    weights = view.table("level_weight").set_index(["h", "s", "p"])["value"].to_dict()
    share = {node.label: node.share for node in view.system.time.at("slice")}
    hours, days = view.sets["DAILYTIMEBRACKET"], view.sets["DAYTYPE"]
    for year in view.sets["YEAR"]:
        for (season, day, hour), s in places.items():
            after = str(int(hour) + 1)
            if hour != hours[-1] and (season, day, after) in places:
                start = weights.get((f"{season}-{day}-{hour}-first-start", s, year), 0.0)
                gain = weights.get((f"{season}-{day}-{after}-first-start", s, year), 0.0) - start
            else:
                end = weights.get((f"{season}-{day}-{hour}-last-end", s, year), 0.0)
                early = f"{season}-{day}-{hours[0]}-last-end"
                gain = end - weights.get((early, s, year), end)
            if len(hours) == 1:
                gain = 1.0
            view.put("DaySplit", (hour, year), gain * share[s])
            if day == days[-1]:
                place = f"{season}-{days[days.index(day) - 1]}-{hours[-1]}-last-end"
                whole = 1.0 - weights.get((place, s, year), 1.0)
            else:
                after_day = days[days.index(day) + 1]
                whole = weights.get((f"{season}-{after_day}-{hours[0]}-first-start", s, year), 0.0)
            if len(days) > 1 and gain:
                view.put("DaysInDayType", (season, day, year), whole / gain)
