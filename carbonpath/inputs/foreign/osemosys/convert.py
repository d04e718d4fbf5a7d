"""OSeMOSYS data become a dataset folder: ordinary tables, and a scenario that runs them."""

from carbonpath.inputs.foreign.folder import (
    APPROXIMATED,
    IMPORTED,
    MONEY,
    SOURCE,
    UNSUPPORTED,
    Draft,
)
from carbonpath.inputs.foreign.osemosys import emissions, storage, systems, technologies
from carbonpath.inputs.foreign.osemosys.data import OsemosysData
from carbonpath.inputs.foreign.osemosys.doubts import doubts
from carbonpath.inputs.foreign.osemosys.frame import Frame
from carbonpath.inputs.foreign.osemosys.places import PLACES
from carbonpath.inputs.foreign.osemosys.values import Values

PEAK = "TechWithCapacityNeededToMeetPeakTS"
"""A tag of the versions before 2015, when only tagged technologies were bound in each slice."""
FREE = ("CapitalCost", "FixedCost")


def converted(data: OsemosysData, name: str, title: str) -> Draft:
    """Return the dataset that data describe; they must have passed `refusals`."""
    draft = Draft()
    frame = Frame(Values(data), draft)
    _settings(frame, name, title)
    _places(frame)
    systems.slices(frame)
    systems.commodities(frame)
    systems.demands(frame)
    for r in frame.values.members("REGION"):
        for t in frame.values.members("TECHNOLOGY"):
            technologies.technology(frame, r, t)
    systems.technologies(frame)
    storage.stores(frame)
    systems.routes(frame)
    systems.emission_prices(frame)
    emissions.emissions(frame)
    systems.reserves(frame)
    systems.renewable_targets(frame)
    doubts(frame)
    return draft


def _settings(frame: Frame, name: str, title: str) -> None:
    """Write what holds for the whole dataset, and the scenario."""
    first, zero = frame.years[0], frame.first_region
    frame.draft.dataset.update(
        {
            "schema": "carbonpath/dataset/1",
            "title": {"zh": title, "en": title},
            "base_year": first - 1,
            "discount_rate": f"{frame.rate(zero):.17g} 1/yr",
            "currency": dict(MONEY),
            "note": "Imported from OSeMOSYS data. Units are those of the data: PJ, Mt and "
            "bn CNY_2020 stand for its units of activity, emission and cost.",
            "conventions": {
                "periods": "single", "investment": "overnight", "operation": "middle",
                "salvage": frame.salvage(zero), "discount_to": first,
            },
        }
    )  # fmt: skip
    frame.draft.scenario.update(
        {
            "schema": "carbonpath/scenario/1",
            "title": {"zh": title, "en": title},
            "dataset": name,
            "horizon": {"periods": [int(year) for year in frame.values.years]},
        }
    )
    frame.draft.add("sources", source=SOURCE, title=title)
    for region, label in frame.regions.items():
        frame.draft.add("regions", region=label, label_zh=region, label_en=region)


def _places(frame: Frame) -> None:
    """Tell of each parameter that holds something where it went."""
    _peaks(frame)
    for name, place in PLACES.items():
        if frame.values.given(name) and name != PEAK:
            frame.draft.tell(name, IMPORTED, place)
    for name in frame.values.data.others:
        frame.draft.tell(name, UNSUPPORTED, "not a parameter of the published formulation")
    if frame.values.members("FLEXIBLEDEMANDTYPE"):
        frame.draft.tell("FLEXIBLEDEMANDTYPE", UNSUPPORTED, "demands that may shift in time")


def _peaks(frame: Frame) -> None:
    """Tell what becomes of the tag for capacity in the peak time slice.

    Up to OSeMOSYS_2013_05_10 a technology without it was bound by its capacity over the year alone;
    since OSeMOSYS_2015_08_27 every technology is bound in every time slice, and so it is here. It
    makes no difference where all that have a capacity worth something are tagged.
    """
    values = frame.values
    if not values.given(PEAK):
        return
    untagged = [
        t
        for r in values.members("REGION")
        for t in values.members("TECHNOLOGY")
        if not values.at(PEAK, r, t) and not _is_free(values, r, t)
    ]
    if not untagged:
        frame.draft.tell(PEAK, IMPORTED, "every technology is bound in every time slice, as tagged")
        return
    frame.draft.tell(
        PEAK, APPROXIMATED,
        f"{', '.join(dict.fromkeys(untagged))} untagged: bound in every time slice, as in OSeMOSYS "
        "since 2015; versions before bound them over the year alone, and may have cost less",
    )  # fmt: skip


def _is_free(values: Values, r: str, t: str) -> bool:
    """Whether as much capacity as wanted costs nothing."""
    paid = any(any(values.yearly(name, r, t).values()) for name in FREE)
    names = ("TotalAnnualMaxCapacity", "TotalAnnualMaxCapacityInvestment")
    bounded = any(values.limits(name, r, t) for name in names)
    slices = values.members("TIMESLICE")
    still = any(not values.at("CapacityFactor", r, t, s, y, otherwise=1.0)
                for s in slices for y in values.years)  # fmt: skip
    return not (paid or bounded or still)
