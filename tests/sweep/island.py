"""A study of the tutorial's island, and a project of its own to plan it in."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
STUDY = """\
schema: carbonpath/study/1
title: {zh: 小岛, en: Island}
scenario: tutorial
sample: {size: 12, seed: 3}
factors:
  - id: wind_cost
    label: {zh: 风电造价, en: Cost of wind}
    table: parameters
    where: {technology: wind, parameter: investment_cost}
    scale: {low: 0.6, high: 1.4}
    source: assumption
  - id: cap
    limit: co2_cap
    periods: 2030
    value: {low: 60 %, high: 95 %, mode: 80 %, distribution: triangular}
    quality: assumed
    because: a trial
"""


def planted(place: Path, text: str = STUDY, name: str = "island") -> Path:
    """Make a project of the tutorial with a study; return the study's file."""
    (place / "scenarios" / "studies").mkdir(parents=True)
    shutil.copytree(ROOT / "inputs" / "tutorial", place / "inputs" / "tutorial")
    shutil.copy(ROOT / "scenarios" / "tutorial.yaml", place / "scenarios")
    file = place / "scenarios" / "studies" / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file
