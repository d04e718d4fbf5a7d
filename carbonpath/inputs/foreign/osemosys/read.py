"""OSeMOSYS data from whatever file holds them; and the whole way to a dataset folder."""

from pathlib import Path

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.folder import Draft, Told, name_money, write_folder
from carbonpath.inputs.foreign.osemosys.convert import converted
from carbonpath.inputs.foreign.osemosys.data import OsemosysData
from carbonpath.inputs.foreign.osemosys.mathprog import read_mathprog
from carbonpath.inputs.foreign.osemosys.otoole import read_otoole
from carbonpath.inputs.foreign.osemosys.refusals import refusals
from carbonpath.inputs.foreign.osemosys.values import Values


def read_osemosys(path: Path, config: Path | None = None) -> OsemosysData:
    """Read a MathProg file, an otoole folder or an otoole workbook."""
    if path.is_dir() or path.suffix.lower() == ".xlsx":
        return read_otoole(path, config)
    return read_mathprog(path)


def draft_osemosys(path: Path, name: str, config: Path | None = None) -> Draft:
    """Return the dataset in a file; data that contradict themselves are an InputError."""
    data = read_osemosys(path, config)
    problems = [f"{path.name}: {problem}" for problem in refusals(Values(data))]
    if data.problems:
        raise InputError([*data.problems, *problems], code="E801")
    if problems:
        raise InputError(problems, code="E804")
    return converted(data, name, f"OSeMOSYS {path.stem}")


def import_osemosys(
    path: Path,
    folder: Path,
    scenario: Path,
    config: Path | None = None,
    currency: str | None = None,
) -> list[Told]:
    """Write the dataset and the scenario of OSeMOSYS data; return what became of each thing."""
    draft = draft_osemosys(path, folder.name, config)
    name_money(draft, currency)
    write_folder(draft, folder, scenario)
    return draft.told
