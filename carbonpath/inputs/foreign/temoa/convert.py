"""A Temoa database becomes a dataset folder: ordinary tables, and a scenario that runs them."""

from pathlib import Path

from carbonpath.inputs.foreign.folder import (
    APPROXIMATED,
    IMPORTED,
    UNSUPPORTED,
    Draft,
    Told,
    name_money,
    write_folder,
)
from carbonpath.inputs.foreign.temoa import (
    links,
    margins,
    places,
    retirement,
    sequence,
    storage,
    systems,
    technologies,
)
from carbonpath.inputs.foreign.temoa.config import read_config
from carbonpath.inputs.foreign.temoa.database import Database, read_database
from carbonpath.inputs.foreign.temoa.frame import Frame
from carbonpath.inputs.foreign.temoa.limits import limits
from carbonpath.inputs.foreign.temoa.processes import Processes


def converted(data: Database, name: str, title: str) -> Draft:
    """Return the dataset that a database describes."""
    frame = Frame(Processes(data), Draft())
    _places(frame)
    systems.settings(frame, name, title)
    systems.slices(frame)
    sequence.sequence(frame)
    systems.commodities(frame)
    systems.demands(frame)
    systems.emission_prices(frame)
    technologies.technologies(frame)
    technologies.once_per_technology(frame)
    technologies.ramps(frame)
    for process in sorted(frame.processes.efficiency):
        for write in technologies.PARTS:
            write(frame, process)
    retirement.retirements(frame)
    storage.stores(frame)
    links.links(frame)
    margins.margins(frame)
    limits(frame)
    return frame.draft


def import_temoa(
    path: Path,
    folder: Path,
    scenario: Path,
    config: Path | None = None,
    currency: str | None = None,
) -> list[Told]:
    """Write the dataset and the scenario of a database; return what became of each table.

    `config` is a configuration file of Temoa (TOML), which keeps settings the database lacks;
    `currency` is what its money is called.
    """
    data = read_database(path, read_config(config))
    draft = converted(data, folder.name, f"Temoa {path.stem}")
    name_money(draft, currency)
    write_folder(draft, folder, scenario)
    return draft.told


def _places(frame: Frame) -> None:
    """Tell of each table that holds something where it goes, and of each setting."""
    for name, rows in sorted(frame.processes.data.tables.items()):
        known = (*places.READ_WITH, *places.LABELS)
        if not rows or name in known or name.startswith(places.RESULTS):
            continue
        if name == "planning_reserve_margin" and "tech_or_group" in rows[0]:
            frame.draft.tell(name, UNSUPPORTED, "margins of groups of technologies (schema 4.1)")
        elif name in places.PLACES:
            frame.draft.tell(name, IMPORTED, places.PLACES[name])
        else:
            frame.draft.tell(name, UNSUPPORTED, "the import does not know this table")
    if frame.processes.data.setting("DB_MINOR", 0.0) > 0:
        frame.draft.tell("metadata DB_MINOR", APPROXIMATED, places.LATER)
    for name, how in places.settings(frame.processes.data.config, frame.days):
        frame.draft.tell(name, IMPORTED, how)
