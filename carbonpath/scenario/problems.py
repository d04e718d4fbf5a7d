"""Turns what the schema refuses into sentences with a place and a remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from carbonpath.scenario.amounts import UnknownUnitError
from carbonpath.scenario.schema import Definition
from carbonpath.spec.codes import code_of
from carbonpath.spec.nearest import hint, nearest
from carbonpath.strict_yaml import Document, Path_, Place, Plain, shown

GATHERED = "values"
"""A key the schema adds around years; places know nothing of it."""
ENTRIES = ("limits", "prices", "changes")
"""The keys that hold a list of entries."""
WORDING: Mapping[str, str] = {
    "string_type": "{value} is not text; put it in quotes",
    "int_parsing": "{value} is not a whole number",
    "int_type": "{value} is not a whole number",
    "bool_type": "{value} is neither true nor false",
    "model_type": "{value} must be keys and values, each on its own line",
    "model_attributes_type": "{value} must be keys and values, each on its own line",
    "mapping_type": "{value} must be keys and values, each on its own line",
    "dict_type": "{value} must be keys and values, each on its own line",
    "tuple_type": "{value} must be a list, each entry after '- '",
    "greater_than": "{value} is too small; more than {gt} is accepted",
    "less_than": "{value} is too large; less than {lt} is accepted",
    "greater_than_equal": "{value} is too small; {ge} or more is accepted",
    "less_than_equal": "{value} is too large; {le} or less is accepted",
    "literal_error": "{value} is not accepted; write {expected}",
}

CODES: Mapping[str, str] = {
    "extra_forbidden": code_of("unknown_key"),
    "missing": code_of("missing_key"),
    "value_error": code_of("value_refused"),
    "literal_error": code_of("not_a_choice"),
}


@dataclass(frozen=True)
class Part:
    """The part of a file's data that is not refused; `kept` tells the old index of list entries."""

    data: dict[str, Any]
    kept: Mapping[str, list[int]]

    def original(self, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """Return where something stood before entries were taken out."""
        if len(loc) > 1 and isinstance(loc[1], int) and loc[0] in self.kept:
            return (loc[0], self.kept[str(loc[0])][loc[1]], *loc[2:])
        return loc


@dataclass(frozen=True)
class Fault:
    """A sentence, its place, its code, the path of its value, and the key that is missing."""

    place: Place
    sentence: str
    code: str
    path: Path_
    missing: str = ""


def part_without(data: Mapping[str | int, Plain], removed: set[Path_]) -> Part:
    """Return the data without the values at some paths."""
    kept: dict[str, list[int]] = {}
    rest: dict[str, Any] = {}
    for key, value in data.items():
        if (key,) in removed:
            continue
        if isinstance(value, list) and key in ENTRIES:
            kept[str(key)] = [i for i in range(len(value)) if (key, i) not in removed]
            rest[str(key)] = [_rest(value[i], (key, i), removed) for i in kept[str(key)]]
        else:
            rest[str(key)] = _rest(value, (key,), removed)
    return Part(rest, kept)


def _rest(value: Plain, path: Path_, removed: set[Path_]) -> Plain:
    if not isinstance(value, dict):
        return value
    return {
        key: _rest(inner, (*path, key), removed)
        for key, inner in value.items()
        if (*path, key) not in removed
    }


def faults_of(
    error: ValidationError, document: Document, part: Part, model: type[BaseModel] = Definition
) -> list[Fault]:
    """Return the faults of one file, which `model` describes, in the order of its lines."""
    faults = []
    for detail in error.errors():
        loc = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
        path = _existing(part.original(loc), document.data)
        place = document.key_place(path) if _is_about_key(detail) else document.place(path)
        missing = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
        faults.append(Fault(place, _sentence(detail, model), _code(detail), path, missing))
    return sorted(faults, key=lambda fault: (fault.place.line, fault.place.column))


def is_echo(fault: Fault, refused: set[Path_]) -> bool:
    """Tell whether a key is only missing because its value was refused, or its name misspelt."""
    return bool(fault.missing) and any(
        path[:-1] == fault.path and nearest(str(path[-1]), [fault.missing])
        for path in refused
        if path
    )


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] in ("extra_forbidden", "missing")


def _code(detail: ErrorDetails) -> str:
    """Return the code of what the schema refuses."""
    if isinstance(detail.get("ctx", {}).get("error"), UnknownUnitError):
        return code_of("units_are_known")
    kind = detail["type"]
    return CODES.get(kind) or (code_of("out_of_range") if "than" in kind else code_of("wrong_kind"))


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind, key = detail["type"], detail["loc"][-1] if detail["loc"] else ""
    if kind == "extra_forbidden":
        return f"unknown key {shown(key)}; {hint(str(key), _keys_at(model, detail['loc'][:-1]))}"
    if kind == "missing":
        return f"key {shown(key)} is missing; add it"
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind in WORDING:
        context = {"value": _short(detail["input"]), **detail.get("ctx", {})}
        return f"{key}: " + WORDING[kind].format(**context)
    return f"{key}: {_short(detail['input'])} is not accepted: {detail['msg']}"


def _short(value: object) -> str:
    if isinstance(value, Mapping):
        return "a block of keys"
    return "a list" if isinstance(value, list) else shown(value)


def _has(data: object, step: int | str) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, Mapping) and step in data


def _existing(loc: tuple[int | str, ...], data: object) -> Path_:
    """Return the path as far as it exists in the file."""
    path: list[int | str] = []
    for step in loc:
        if _has(data, step):
            data = data[step]  # type: ignore[index]
        elif step == GATHERED:
            continue
        else:
            break
        path.append(step)
        if isinstance(data, list) and path[0] not in (*ENTRIES, "factors"):
            break
    return tuple(path)


def _keys_at(top: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that a schema knows at a path."""
    model: type[BaseModel] | None = top
    for step in loc:
        if model is None or isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        if field is not None:
            model = _model_in(field.annotation)
    fields = model.model_fields if model else {}
    return [field.alias or name for name, field in fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model inside an annotation such as tuple[LimitRow, ...] or Horizon | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_model_in(argument) for argument in get_args(annotation)]
    return next((model for model in inner if model is not None), None)
