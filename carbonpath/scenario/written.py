"""How values of a scenario file are written, as JSON Schema: what an editor completes and marks.

What a value means is decided by its validator; this only tells the forms it may be written in.
"""

import json
from typing import Any

from pydantic import BaseModel, WithJsonSchema

FILE = "scenario.schema.json"
TITLE = "A scenario of carbonpath"
AN_AMOUNT = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[-+]?[0-9.]"}]}
A_YEAR = {"type": "integer", "minimum": 1900, "maximum": 2200}
A_RANGE = {"type": "string", "pattern": r"^\s*[0-9]{4}\s*\.\.\s*[0-9]{4}\s*$"}
A_TEXT = {"type": "string"}
BY_YEAR = {"type": "object", "patternProperties": {"^[0-9]{4}$": AN_AMOUNT}}
VALUES = {"anyOf": [AN_AMOUNT, {**BY_YEAR, "additionalProperties": False}]}

AMOUNT = WithJsonSchema({**AN_AMOUNT, "description": "number and unit, e.g. 30 %"})
YEARS = WithJsonSchema(
    {
        "anyOf": [A_YEAR, A_RANGE, {"type": "array", "items": {"anyOf": [A_YEAR, A_RANGE]}}],
        "description": "growing years and ranges, e.g. [2020..2035, 2040]",
    }
)
SERIES = WithJsonSchema(
    {
        "anyOf": [
            AN_AMOUNT,
            {**BY_YEAR, "properties": {"unit": A_TEXT, "values": VALUES},
             "additionalProperties": False},
        ],
        "description": "one amount, or amounts by year, e.g. {2025: 24 %, 2030: 30 %}",
    }
)  # fmt: skip
SOLVER = WithJsonSchema({"type": "string", "pattern": "^[a-z_][a-z0-9_]*$"})
CELL = WithJsonSchema({"type": ["string", "number"]})
TEXTS = WithJsonSchema({"anyOf": [A_TEXT, {"type": "array", "items": A_TEXT}]})
LABEL = WithJsonSchema(
    {
        "anyOf": [
            A_TEXT,
            {"type": "object", "properties": {"zh": A_TEXT, "en": A_TEXT},
             "additionalProperties": False},
        ],
        "description": "one text, or {zh: ..., en: ...}",
    }
)  # fmt: skip


def one_of(words: tuple[str, ...]) -> WithJsonSchema:
    """One word of a closed list."""
    return WithJsonSchema({"enum": list(words)})


def some_of(words: tuple[str, ...]) -> WithJsonSchema:
    """One word of a closed list, or several."""
    word = {"enum": list(words)}
    return WithJsonSchema({"anyOf": [word, {"type": "array", "items": word}]})


def with_years(schema: dict[str, Any]) -> None:
    """Let years and their unit stand beside the other keys."""
    schema["properties"]["unit"] = A_TEXT
    schema["patternProperties"] = BY_YEAR["patternProperties"]


def json_schema(definition: type[BaseModel]) -> str:
    """Return the JSON Schema of scenario files as text."""
    schema = definition.model_json_schema(by_alias=True)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": TITLE,
        "required": ["schema"],
        "description": "See docs/guide.md; `carbonpath validate` checks more than this can say.",
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
