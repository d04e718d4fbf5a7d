"""Keeps the rows that a scenario's options and knowledge let in.

A row with `when` option=value counts only where the scenario chooses that value; then it takes the
place of the rows of its series without `when`. A row known since a later year than the scenario's
knowledge does not count.
"""

from collections.abc import Iterator, Mapping

from carbonpath.inputs.dataset import Dataset
from carbonpath.inputs.frames import Frame, at, chosen, texts
from carbonpath.inputs.problems import Problems
from carbonpath.scenario import Scenario
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.nearest import hint
from carbonpath.spec.tables import TABLES, Table
from carbonpath.strict_yaml import shown

KIND = "options_are_declared"


def chosen_options(dataset: Dataset, scenario: Scenario, problems: Problems) -> dict[str, str]:
    """Return the value of every option; a choice that the dataset does not offer is a problem."""
    options = {name: option.default for name, option in dataset.options.items()}
    for name, value in scenario.options.items():
        place = scenario.place("options", name)
        if name not in options:
            remedy = hint(name, options, "see dataset.yaml")
            problems.add(KIND, f"{place}: the dataset has no option {shown(name)}; {remedy}")
        elif value not in dataset.options[name].values:
            remedy = hint(value, dataset.options[name].values)
            problems.add(KIND, f"{place}: option {name} cannot be {shown(value)}; {remedy}")
        else:
            options[name] = value
    return options


def selected(
    frames: Mapping[str, Frame],
    dataset: Dataset,
    options: Mapping[str, str],
    knowledge: int | None,
    problems: Problems,
) -> dict[str, Frame]:
    """Return the tables with only the rows that count."""
    result = dict(frames)
    for table in TABLES:
        data = result[table.name]
        if "known_since" in table.columns and knowledge is not None:
            data = _known(data, knowledge)
        if "when" in table.columns and not data.empty:
            problems.add(KIND, _bad_conditions(data, dataset))
            data = _applying(table, data, options, problems)
        result[table.name] = data
    return result


def _known(data: Frame, knowledge: int) -> Frame:
    since = data["known_since"]
    return chosen(data, ((since == ABSENT) | (since <= knowledge)).tolist())


def _bad_conditions(data: Frame, dataset: Dataset) -> Iterator[str]:
    """Name conditions that are no option=value the dataset declares."""
    conditions = texts(data, "when")
    wrong = {text: _condition_problem(text, dataset) for text in set(conditions) if text}
    rows = [row for row, text in enumerate(conditions) if wrong.get(text)]
    for row, where in zip(rows, at(data, rows, "when"), strict=True):
        yield f"{where}: {wrong[conditions[row]]}"


def _condition_problem(text: str, dataset: Dataset) -> str:
    name, sign, value = text.partition("=")
    if not sign:
        return f"{shown(text)} is no condition; write option=value, e.g. innovation=fast"
    if name not in dataset.options:
        remedy = hint(name, dataset.options, "declare it in dataset.yaml")
        return f"option {shown(name)} is not declared; {remedy}"
    values = dataset.options[name].values
    if value not in values:
        return f"option {name} has no value {shown(value)}; {hint(value, values)}"
    return ""


def _applying(table: Table, data: Frame, options: Mapping[str, str], problems: Problems) -> Frame:
    """Keep matching rows, and unconditioned rows of series that no condition replaces."""
    conditions = texts(data, "when")
    if not any(conditions):
        return data
    holds = {text: _holds(text, options) for text in set(conditions)}
    matching = [bool(text) and holds[text] for text in conditions]
    keys = [key for key in table.keys if key not in ("period", "when")]
    series = data.groupby(keys, sort=False).ngroup().tolist()
    replaced: dict[int, str] = {}
    for row, (number, match) in enumerate(zip(series, matching, strict=True)):
        if match and replaced.setdefault(number, conditions[row]) != conditions[row]:
            problems.add(KIND, _conflict(data, row, replaced[number], conditions[row]))
    keep = [
        match or (text == "" and number not in replaced)
        for match, text, number in zip(matching, conditions, series, strict=True)
    ]
    return chosen(data, keep)


def _holds(text: str, options: Mapping[str, str]) -> bool:
    name, _, value = text.partition("=")
    return options.get(name) == value


def _conflict(data: Frame, row: int, first: str, second: str) -> str:
    where = next(at(data, [row], "when"))
    return f"{where}: rows with {first!r} and {second!r} both apply to one series; keep one option"
