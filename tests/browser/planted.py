"""The tutorial with a payload in every text that a user may write."""

import csv
import json
import shutil
from pathlib import Path

from tests.browser.payloads import PAYLOADS

ROOT = Path(__file__).parents[2]
TEXTS = {
    "sources.csv": ("title", "publisher", "number", "licence", "note"),
    "regions.csv": ("label_zh", "label_en"),
    "commodities.csv": ("label_zh", "label_en"),
    "sectors/power/technologies.csv": ("label_zh", "label_en"),
    "sectors/power/parameters.csv": ("note",),
    "sectors/power/flows.csv": ("note",),
}
"""Columns of free text, by file."""


def plant(place: Path) -> Path:
    """Write the project; return its scenario."""
    inputs = place / "inputs" / "tutorial"
    shutil.copytree(ROOT / "inputs" / "tutorial", inputs)
    add_sources(inputs / "sources.csv")
    add_technologies(inputs / "sectors" / "power")
    at = 0
    for name, columns in TEXTS.items():
        at = fill(inputs / name, columns, at)
    dataset = (inputs / "dataset.yaml").read_text(encoding="utf-8")
    title = json.dumps({"zh": PAYLOADS[0], "en": PAYLOADS[2]}, ensure_ascii=False)
    lines = [line for line in dataset.splitlines() if not line.startswith("title:")]
    (inputs / "dataset.yaml").write_text("\n".join([*lines, f"title: {title}\n"]), "utf-8")
    (place / "scenarios").mkdir()
    scenario = place / "scenarios" / "planted.yaml"
    scenario.write_text(scenario_text(), encoding="utf-8")
    return scenario


def read(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def add_sources(path: Path) -> None:
    """Add a source for each payload."""
    rows = read(path)
    more = [dict.fromkeys(rows[0], "") | {"source": f"s{at}"} for at in range(len(PAYLOADS))]
    write(path, rows + more)


def add_technologies(folder: Path) -> None:
    """Add a wind farm for each payload, each from a source of its own."""
    for name in ("technologies", "parameters", "flows"):
        path = folder / f"{name}.csv"
        rows = read(path)
        wind = [row for row in rows if row["technology"] == "wind"]
        for at in range(len(PAYLOADS)):
            cited = {"source": f"s{at}"} if "source" in rows[0] else {}
            rows += [row | {"technology": f"wind_{at:02d}"} | cited for row in wind]
        write(path, rows)


def fill(path: Path, columns: tuple[str, ...], at: int) -> int:
    """Put a payload into every free text of a table; return which comes next."""
    rows = read(path)
    for row in rows:
        for column in columns:
            row[column] = PAYLOADS[at % len(PAYLOADS)]
            at += 1
    write(path, rows)
    return at


def scenario_text() -> str:
    """A scenario whose title, note and limits are payloads; JSON strings are YAML strings."""
    limits = []
    for at, payload in enumerate(PAYLOADS):
        label = {"zh": payload, "en": PAYLOADS[-1 - at]}
        limits.append(
            {
                "id": f"cap_{at:02d}", "quantity": "emissions", "where": {"commodity": "co2"},
                "sense": "<=", "value": {"unit": "Mt", "2025": 7.0 + at / 100}, "mode": "track",
                "label": label, "because": payload, "source": f"s{at}",
            }
        )  # fmt: skip
    told = {
        "schema": "carbonpath/scenario/1",
        "title": {"zh": PAYLOADS[1], "en": PAYLOADS[3]},
        "note": PAYLOADS[4],
        "dataset": "tutorial",
        "horizon": {"periods": [2020, 2025, 2030], "slices": {"seasons": 1, "blocks": 1}},
        "limits": limits,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    return "\n".join(lines).replace('"2025"', "2025") + "\n"
