"""The nine parts of a page in their order; a page has those that it has something to say in."""

from collections.abc import Mapping

from carbonpath.accounts.labels import Text, text
from carbonpath.report.markup import Speaker
from carbonpath.report.places import section

PARTS: dict[str, Text] = {
    "briefing": text("简报", "Briefing"),
    "emissions": text("排放", "Emissions"),
    "energy": text("能源", "Energy"),
    "power": text("电力", "Power"),
    "areas": text("各领域", "Areas"),
    "money": text("成本与价格", "Money"),
    "compare": text("比较", "Compare"),
    "robustness": text("稳健性", "Robustness"),
    "trust": text("可信度", "Trust"),
}


def body(inner: Mapping[str, str], speaker: Speaker) -> str:
    """Return the parts that have content, numbered in their order."""
    kept = [name for name in PARTS if inner.get(name)]
    return "".join(
        section(name, at, PARTS[name], inner[name], speaker) for at, name in enumerate(kept, 1)
    )


def contents(inner: Mapping[str, str], speaker: Speaker) -> str:
    """Return the table of contents: a link to each part that has content."""
    kept = [name for name in PARTS if inner.get(name)]
    return "".join(
        f'<a href="#{name}">{at} {speaker(PARTS[name])}</a>' for at, name in enumerate(kept, 1)
    )
