"""Results on disk: one folder per scenario, vouched for by its manifest.

solution.nc (the dataset), tables/inputs/*.csv (the tables beside it), report.html, briefing.docx
and tables/*.csv (made from the first two), studies/*.csv (what solving again has shown later),
manifest.json (what was solved, and the hash of every file). A folder without a valid manifest is
not a result. Reads back without Pyomo or a solver.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import xarray as xr

from carbonpath.errors import EnvironmentFault, InputError
from carbonpath.results import publish, tabular
from carbonpath.results.lock import locked
from carbonpath.results.results import Results, Study

SCHEMA = "carbonpath/result/1"
MANIFEST, SOLUTION, REPORT, INPUT_TABLES, STUDIES = (
    "manifest.json",
    "solution.nc",
    "report.html",
    "tables/inputs",
    "studies",
)
BRIEFING = "briefing.docx"
JSON_MARK = "json:"


@dataclass(frozen=True)
class Content:
    """The files of a result but for the manifest, and the schemas of its input tables."""

    files: Mapping[str, bytes]
    schemas: Mapping[str, tabular.Schema]


def content(results: Results, extra: Mapping[str, bytes]) -> Content:
    """Return the files that hold a result, and extra ones made from it."""
    files = {SOLUTION: to_netcdf(results.dataset), **extra}
    schemas: dict[str, tabular.Schema] = {}
    for name, table in sorted(results.tables.items()):
        files[f"{INPUT_TABLES}/{name}.csv"], schemas[name] = tabular.write(table)
    return Content(files, schemas)


def vouched(given: Content, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files with the manifest that vouches for each, ready to be published."""
    stated = {
        name: {"sha256": publish.digest(data), "bytes": len(data)}
        for name, data in sorted(given.files.items())
    }
    whole = {**manifest, "schema": SCHEMA, "tables": given.schemas, "files": stated}
    return {**given.files, MANIFEST: seal(whole)}


def pack(results: Results, extra: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every file of a result, the manifest among them."""
    return vouched(content(results, extra), results.manifest)


def seal(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest as text that carries its own hash."""
    body = {key: value for key, value in manifest.items() if key != "sha256"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    sealed = {**body, "sha256": publish.digest(text.encode())}
    return (json.dumps(sealed, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a result folder, or say why the folder is no result."""
    folder = _settled(folder)
    path = folder / MANIFEST
    if publish.FAILED in folder.parts:
        raise InputError(
            f"{folder}: this run failed its checks; it is kept for diagnosis only", code="E702"
        )
    if not path.is_file():
        raise InputError(
            f"{folder}: no result here (no {MANIFEST}); run the scenario first", code="E701"
        )
    try:
        manifest = json.loads(path.read_bytes())
        stated = manifest.pop("sha256")
        whole = json.loads(seal(manifest))["sha256"] == stated
    except (ValueError, KeyError, AttributeError, TypeError):
        whole = False
    if not whole:
        raise InputError(f"{path}: damaged or edited by hand; run the scenario again", code="E703")
    if manifest["schema"] != SCHEMA:
        raise InputError(
            f"{path}: written as {manifest['schema']!r}, this version reads {SCHEMA!r}; "
            "use the version that wrote it, or run the scenario again",
            code="E704",
        )
    return dict(manifest)


def check_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of a result; refuse, naming each, when one is not what was written."""
    files, problems = {}, []
    for name, stated in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{path}: missing; run the scenario again")
            continue
        files[name] = path.read_bytes()
        if publish.digest(files[name]) != stated["sha256"]:
            problems.append(f"{path}: differs from what was written; run the scenario again")
    if problems:
        raise InputError(problems, code="E705")
    return files


def read(folder: Path) -> Results:
    """Return the results in a folder, every file checked against the manifest."""
    manifest = read_manifest(folder)
    files = check_files(folder, manifest)
    tables = {
        name: tabular.read(files[place], schema, str(folder / place))
        for name, schema in manifest["tables"].items()
        for place in (f"{INPUT_TABLES}/{name}.csv",)
    }
    return Results(
        from_netcdf(files[SOLUTION]), tables, manifest, studies_in(folder, files, manifest)
    )


def studies_in(
    folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]
) -> dict[str, Study]:
    """Return the studies that were put beside a result."""
    found = {}
    for name, stated in manifest.get(STUDIES, {}).items():
        place = f"{STUDIES}/{name}.csv"
        table = tabular.read(files[place], stated["columns"], str(folder / place))
        found[name] = Study(table, stated["facts"])
    return found


def find_unchanged(folder: Path, inputs_hash: str) -> dict[str, Any] | None:
    """Return the manifest of a whole result made from the same inputs, or None."""
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except InputError:
        return None
    return manifest if manifest.get("inputs_hash") == inputs_hash else None


def refuse_foreign_files(folder: Path) -> None:
    """Replacing a result must not delete what someone else put into its folder."""
    try:
        known = {*read_manifest(folder)["files"], MANIFEST}
    except InputError:
        return
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    if foreign := sorted(found - known):
        raise EnvironmentFault(
            f"{folder}: holds {', '.join(foreign[:5])}, not written by this program; "
            "move it elsewhere or use --force",
            code="E903",
        )


def replace_report(folder: Path, page: bytes, briefing: bytes | None = None) -> Path:
    """Put a new report, and its briefing, into a published result as atomically as the result."""
    supplement(folder, {REPORT: page} | ({BRIEFING: briefing} if briefing is not None else {}))
    return folder / REPORT


def add_study(folder: Path, results: Results, name: str, page: bytes | None) -> Path:
    """Put a study of `results` beside them, with a report that shows it if there is a report.

    Refused if the folder meanwhile holds another solution.
    """
    study = results.studies[name]
    data, columns = tabular.write(study.table)
    place = f"{STUDIES}/{name}.csv"
    report = {REPORT: page} if page is not None else {}
    supplement(folder, {place: data, **report}, results, {name: (columns, study.facts)})
    return folder / place


def supplement(
    folder: Path,
    added: Mapping[str, bytes],
    of: Results | None = None,
    studies: Mapping[str, tuple[tabular.Schema, Mapping[str, Any]]] | None = None,
) -> None:
    """Publish a result anew with files added or replaced."""
    with locked(folder.parent, folder.name):
        manifest = read_manifest(folder)
        if of is not None and manifest.get("solved_at") != of.manifest.get("solved_at"):
            raise InputError(f"{folder}: was solved again meanwhile; repeat the study", code="E714")
        files = {**check_files(folder, manifest), **added}
        stated = {
            name: {"sha256": publish.digest(data), "bytes": len(data)}
            for name, data in added.items()
        }
        told = {
            name: {"columns": columns, "facts": dict(facts)}
            for name, (columns, facts) in (studies or {}).items()
        }
        manifest = {
            **manifest,
            "files": {**manifest["files"], **stated},
            STUDIES: {**manifest.get(STUDIES, {}), **told},
        }
        publish.publish(folder.parent, folder.name, {**files, MANIFEST: seal(manifest)})


def with_study(results: Results, name: str, study: Study) -> Results:
    """Return the results with a study beside them."""
    return replace(results, studies={**results.studies, name: study})


def with_manifest(results: Results, **facts: Any) -> Results:
    """Return the results with facts added to the manifest."""
    return replace(results, manifest={**results.manifest, **facts})


def to_netcdf(dataset: xr.Dataset) -> bytes:
    """Return a dataset as the bytes of a NetCDF file."""
    stored = dataset.copy()
    stored.attrs = _storable(dataset.attrs)
    for name in stored.variables:
        stored[name].attrs = _storable(dataset[name].attrs)
    packed = {"zlib": True, "complevel": 1, "shuffle": True}
    numeric = [n for n, array in stored.data_vars.items() if array.dtype.kind == "f" and array.ndim]
    return bytes(stored.to_netcdf(engine="h5netcdf", encoding=dict.fromkeys(numeric, packed)))


def from_netcdf(data: bytes) -> xr.Dataset:
    """Return the dataset in the bytes of a NetCDF file, held in memory."""
    dataset = xr.load_dataset(BytesIO(data), engine="h5netcdf")
    dataset.attrs = _restored(dataset.attrs)
    for name in dataset.variables:
        dataset[name].attrs = _restored(dataset[name].attrs)
    return dataset


def _storable(attributes: Mapping[Any, Any]) -> dict[str, Any]:
    """Attributes that NetCDF cannot hold become marked JSON text."""
    return {
        str(name): value
        if type(value) in (int, float) or (type(value) is str and not value.startswith(JSON_MARK))
        else JSON_MARK + json.dumps(value, ensure_ascii=False)
        for name, value in attributes.items()
    }


def _restored(attributes: Mapping[Any, Any]) -> dict[str, Any]:
    """The attributes as they were before `_storable`."""
    plain = {str(n): v.item() if hasattr(v, "item") else v for n, v in attributes.items()}
    return {
        name: json.loads(value[len(JSON_MARK) :])
        if isinstance(value, str) and value.startswith(JSON_MARK)
        else value
        for name, value in plain.items()
    }


def _settled(folder: Path) -> Path:
    """Wait out, or put right, a publication that stands between its two renames."""
    if not folder.exists() and (folder.parent / publish.PREVIOUS / folder.name).exists():
        with locked(folder.parent, folder.name):
            publish.recover(folder.parent, folder.name)
    return folder
