"""OSeMOSYS data become a dataset folder: ordinary tables, and a scenario that runs them."""

from carbonpath.inputs.foreign.folder import IMPORTED, SOURCE, UNSUPPORTED, Draft
from carbonpath.inputs.foreign.osemosys import storage, systems, technologies
from carbonpath.inputs.foreign.osemosys.data import OsemosysData
from carbonpath.inputs.foreign.osemosys.frame import Frame
from carbonpath.inputs.foreign.osemosys.places import PLACES
from carbonpath.inputs.foreign.osemosys.places import UNSUPPORTED as NO_PLACE
from carbonpath.inputs.foreign.osemosys.values import Values


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
    systems.emission_limits(frame)
    systems.reserves(frame)
    systems.renewable_targets(frame)
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
            "currency": "as in the data imported, which CNY_2020 stands for",
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
    for name, place in PLACES.items():
        if frame.values.given(name):
            status = UNSUPPORTED if name in NO_PLACE else IMPORTED
            frame.draft.tell(name, status, place)
    if frame.values.members("FLEXIBLEDEMANDTYPE"):
        frame.draft.tell("FLEXIBLEDEMANDTYPE", UNSUPPORTED, "demands that may shift in time")
