"""An explanation in words: on the terminal, and as a page of Markdown."""

from collections.abc import Iterator, Sequence
from typing import Any

from carbonpath.cli.console import number, table
from carbonpath.cli.scorecard import amount, when

Facts = dict[str, Any]
Rows = list[list[str]]
HOME = "CNY_2020"


def as_text(found: Facts) -> str:
    """What the terminal shows."""
    if found["status"] == "infeasible":
        return "\n".join(found["because"])
    parts = [] if found["explained"] else [table(overview(found["targets"]))]
    for target in found["explained"]:
        parts += [heading(target), *(f"  {text}" for text in sentences(target))]
        parts += [table(rows, indent=2) for _, rows in tables(target)]
    return in_money("\n".join(parts), found)


def in_money(text: str, found: Facts) -> str:
    """Name the money of imported data, where bn CNY stands for one unit of it."""
    money = found.get("currency", HOME)
    if money == HOME:
        return text
    return text.replace(f"bn {HOME}", money).replace("bn CNY", money)


def as_markdown(found: Facts, command: str) -> str:
    """The page of an explanation, with the command that made it."""
    parts = [
        f"# {found['id']}: targets explained",
        f"<!-- Made by `{command}`. Do not edit. -->",
        f"Made by `{command}`, {found['slices']} time slices. Money is bn CNY_2020 in the year of "
        "the target (undiscounted) unless said otherwise; it holds the change of every cost of the "
        "pathway, in all years, and of penalties that other soft targets pay.",
    ]
    if found["status"] == "infeasible":
        return "\n\n".join([*parts, *found["because"]]) + "\n"
    for target in found["explained"]:
        parts += [f"## {heading(target)}", "\n".join(f"- {text}" for text in sentences(target))]
        for title, rows in tables(target):
            parts += [f"### {title}", markdown(rows)]
    page = "\n\n".join([*parts, "## All targets", markdown(overview(found["targets"]))]) + "\n"
    return in_money(page, found)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table of Markdown, numbers to the right."""
    head, *lines = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *lines))


def heading(target: Facts) -> str:
    """Name, year and what is asked."""
    asked = f"{target['sense']} {amount(target['target'], target)}"
    return f"{target['label'] or target['id']} {when(target)}: {asked}"


def sentences(target: Facts) -> Iterator[str]:
    """What is reached, what could be, what it costs."""
    yield f"reached: {amount(target['value'], target)}, {state(target)}"
    missed = abs(target["value"] - target["target"])
    if not target["met"]:
        points = target["unit"] == "%"
        yield "shortfall: " + (f"{number(missed)} points" if points else amount(missed, target))
    possible = "enough for the target" if target["best_meets"] else "not enough for the target"
    yield (
        f"best value that any pathway reaches, whatever it costs: {amount(target['best'], target)}"
        f", {possible}"
    )
    if target["price"] is not None:
        kind = "penalty" if not target["met"] else "shadow price"
        yield f"{kind}: {number(abs(target['price']))} {target['price_unit']}" + point(target)
    if len(target["steps"]) > 1:
        yield price_of_going_on(target)


def state(target: Facts) -> str:
    """Whether a target binds."""
    if not target["met"]:
        return "missed: the penalty is paid, because meeting the target would cost more"
    return "met, and it binds" if target["binding"] else "met, and it does not bind"


def point(target: Facts) -> str:
    """The price of a percentage point, if there is one."""
    if target["point"] is None:
        return ""
    return f", which is {number(target['point'])} bn CNY a year for a percentage point"


def price_of_going_on(target: Facts) -> str:
    """The first step beyond what is reached, by finite difference and by duals."""
    before, after = target["steps"][:2]
    unit = "percentage point" if target["unit"] == "%" else str(target["unit"])
    return (
        f"one more {unit}, at the first step: {number(after['difference'])} bn CNY a year by "
        f"difference of two optima; the duals before and after are {number(before['marginal'])} "
        f"and {number(after['marginal'])}"
    )


def tables(target: Facts) -> Iterator[tuple[str, Rows]]:
    """Titles and rows of the steps and of the bracket."""
    if target["steps"]:
        unit = "point" if target["unit"] == "%" else str(target["unit"])
        yield "What the way costs, bn CNY a year", steps(target, unit)
    if target.get("bracket"):
        yield "The share under other rules of counting, %", bracket(target["bracket"])


def steps(target: Facts, unit: str) -> Rows:
    """Each value asked for, its cost, and the price of a unit by difference and by dual."""
    head = ["held at", "cost", "of which penalties of others", "discounted, whole horizon",
            f"per {unit}, difference", f"per {unit}, dual"]  # fmt: skip
    names = ("cost", "penalties", "discounted", "difference", "marginal")
    return [
        head,
        *([held(step["value"], target), *(number(step[name]) for name in names)]
          for step in target["steps"]),
    ]  # fmt: skip


def held(value: float, target: Facts) -> str:
    """A value asked for, with the digits that tell steps apart."""
    unit = str(target["unit"])
    return f"{number(value, 6)} {unit}" if abs(value) < 1e5 else amount(value, target)


def bracket(cases: Sequence[Facts]) -> Rows:
    """Each rule of counting: base year, the same pathway, solved again, the most there is."""
    head = ["account", "base year", "same pathway", "solved again", "margin", "highest reachable",
            "next point, bn CNY a year"]  # fmt: skip
    names = ("base", "same_pathway", "value", "margin", "best", "point")
    return [head, *([case["account"], *(number(case[name]) for name in names)] for case in cases)]


def overview(targets: Sequence[Facts]) -> Rows:
    """Every target: asked, reached, and whether it is met or binds."""
    lines = [["target", "year", "asked", "reached", "state"]]
    for target in targets:
        state = "met" if target["met"] else "off" if target["mode"] == "track" else "MISSED"
        lines.append([
            str(target["label"] or target["id"]), when(target),
            f"{target['sense']} {amount(target['target'], target)}",
            amount(target["value"], target), "binds" if target["binding"] else state,
        ])  # fmt: skip
    return lines
