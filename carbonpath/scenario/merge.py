"""Merges a scenario with what it extends: keys by name, limits by id, changes in turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from carbonpath.scenario.problems import ENTRIES, Part
from carbonpath.strict_yaml import Document, Path_

BY_ID = ("limits", "prices")
DEEP = ("horizon", "slices", "options", "drivers", "solve")
"""Blocks that are merged key by key; any other value replaces the inherited one."""
OWN = ("schema", "extends", "note")
"""Keys that say something about one file only."""
Places = dict[Path_, str]


@dataclass(frozen=True)
class Layer:
    """One file and the part of it that is valid."""

    document: Document
    part: Part


def merge(layers: list[Layer]) -> tuple[dict[str, Any], Places]:
    """Return the merged data of the eldest to the youngest layer, and the place of every value."""
    merged: dict[str, Any] = {}
    places: Places = {}
    for layer in layers:
        _note_places(layer, len(merged.get("changes", ())), places)
        data = dict(layer.part.data)
        if "innovation" in data:
            data["options"] = {**data.get("options", {}), "innovation": data.pop("innovation")}
        for key in OWN:
            merged.pop(key, None)
        merged = _merged(merged, data)
    for key in BY_ID:
        merged[key] = list(merged.get(key, {}).values())
    return merged, places


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Lay new keys over old ones."""
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        if key in BY_ID and isinstance(value, list):
            result[key] = _by_id(before or {}, value)
        elif key == "changes" and isinstance(value, list):
            result[key] = [*(before or ()), *value]
        elif key in DEEP and isinstance(before, Mapping) and isinstance(value, Mapping):
            result[key] = _merged(before, value) if key != "drivers" else {**before, **value}
        else:
            result[key] = value
    return result


def _by_id(old: Mapping[str, Any], entries: list[Any]) -> dict[str, Any]:
    """Lay entries over those of the same id; a removed one stays as a note of its removal."""
    result = dict(old)
    for entry in entries:
        name = entry["id"]
        before = {} if entry.get("remove") else dict(result.get(name, {}))
        before.pop("remove", None)
        result[name] = {**before, **entry}
    return result


def _note_places(layer: Layer, changes_before: int, places: Places) -> None:
    """Enter file:line of every value of a file, entries by id or by their place in the whole."""
    document, kept = layer.document, layer.part.kept
    names: dict[tuple[str | int, int], str | int] = {}
    for key in ENTRIES:
        for position, original in enumerate(kept.get(key, [])):
            if key == "changes":
                names[key, original] = changes_before + position
            else:
                names[key, original] = layer.part.data[key][position]["id"]
    for path, place in document.values.items():
        if len(path) > 1 and path[0] in ENTRIES and isinstance(path[1], int):
            if (path[0], path[1]) not in names:
                continue
            path = (path[0], names[path[0], path[1]], *path[2:])
        if path == ("innovation",):
            path = ("options", "innovation")
        places[path] = f"{place.file}:{place.line}"
