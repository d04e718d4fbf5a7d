"""init: an empty project to be filled in."""

from pathlib import Path

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, say, say_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options.as_json
def init(folder: Path, as_json: bool) -> None:
    """Write an empty project: folders, workbooks with every table, a scenario, what to fill in."""
    from carbonpath.cli.project import project_files
    from carbonpath.errors import InputError
    from carbonpath.results.publish import replace_file

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder}: is not empty; name a new folder", code="E821")
    files = project_files(folder.resolve().name)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / name, content)
    if as_json:
        say_json({"project": str(folder), "written": sorted(files)})
        return
    for name in sorted(files):
        say(str(folder / name))
    note(f"next: read {folder / 'README.md'}, fill in the workbooks, then carbonpath validate")
