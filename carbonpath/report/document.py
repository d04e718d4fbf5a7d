"""The document: one file that needs no network, and in which only two known scripts may run.

Plotly comes from the installed package. It and the data of the figures are packed with gzip and
unpacked by the browser, or plain with `plain=True` for old browsers.
"""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Template
from typing import Any

from carbonpath.accounts.labels import Text, unit_text
from carbonpath.report.figure import Choice, Figure
from carbonpath.report.markup import Speaker
from carbonpath.report.style import rounded


@dataclass(frozen=True)
class Head:
    """The top of the page; `facts`, `banner`, `contents`, `switches` and `data` are HTML."""

    title: Text
    facts: str
    banner: str
    contents: str
    switches: str
    data: str = ""


SCRIPTS = ("state", "figures", "layout", "tables", "taking", "start")
"""The parts of the page's script in their order; they share one closure."""


def assemble(
    head: Head, body: str, figures: Sequence[Figure], speaker: Speaker, plain: bool
) -> str:
    """Fill the template."""
    script = page_script()
    first = "zh" if speaker.language == "both" else speaker.language
    return Template(read("page.html")).substitute(
        policy=policy(script),
        language=first,
        html_language={"zh": "zh-CN", "en": "en"}[first],
        title=html.escape(head.title[first]),
        heading=speaker(head.title),
        banner=head.banner,
        facts=head.facts,
        style=read("page.css"),
        contents=head.contents,
        switches=head.switches,
        body=body,
        data=head.data,
        figures=data_script(figures, plain),
        plotly=f"<script>{plotly_code()}</script>"
        if plain
        else f'<script type="text/plain" id="plotly-gz">{packed_plotly()}</script>',
        script=script,
    )


@lru_cache(maxsize=1)
def page_script() -> str:
    """Return the script of the page, one closure made of its parts."""
    parts = "\n".join(read(f"script/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(async () => {{\n{parts}\n}})();'


def policy(script: str) -> str:
    """Return the content security policy: the script of the page and Plotly, nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed(script)} {allowed(plotly_code())}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def data_script(figures: Sequence[Figure], plain: bool) -> str:
    """Return the data of the figures, packed or plain."""
    said = island([payload(figure) for figure in figures])
    if plain:
        return f'<script type="application/json" id="figures">{said}</script>'
    packed = base64.b64encode(gzip.compress(said.encode(), 9, mtime=0)).decode()
    return f'<script type="text/plain" id="figures-gz">{packed}</script>'


def payload(figure: Figure) -> dict[str, Any]:
    """Return what the script needs to draw a figure and to write its table."""
    said: dict[str, Any] = {
        "id": figure.id,
        "title": figure.title,
        "unit": unit_text(figure.unit),
        "size": figure.size,
        "units": dict(figure.units),
        "data": figure.traces,
        "layout": figure.layout,
        "columns": list(figure.columns),
        "rows": figure.rows,
        "empty": figure.empty,
    }
    if figure.pathway is not None:
        said["pathway"] = figure.pathway
    if figure.choices:
        said["pick"] = figure.pick
        said["choices"] = {key: choice(one) for key, one in figure.choices.items()}
    return {name: short(value) for name, value in said.items()}


def choice(one: Choice) -> dict[str, Any]:
    """Return what differs where a reader picks another year or view."""
    return {
        "unit": unit_text(one.unit),
        "units": dict(one.units),
        "data": one.traces,
        "layout": one.layout,
        "columns": list(one.columns),
        "rows": one.rows,
        "empty": one.empty,
    }


def short(value: Any) -> Any:
    """Round every number to four significant digits; None where there is none."""
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, dict):
        return {name: one if name in EXACT else short(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [short(one) for one in value]
    return value


EXACT = ("units", "x", "x0", "x1", "width", "offset")
"""Factors and places on an axis keep all their digits."""


@lru_cache(maxsize=16)
def read(name: str) -> str:
    """Return a file of the page."""
    return files("carbonpath.report").joinpath(name).read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def plotly_code() -> str:
    """Return Plotly's JavaScript without anything that would end its script element."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs()).replace("</script", "<\\/script").strip()


@lru_cache(maxsize=1)
def packed_plotly() -> str:
    """Return Plotly's JavaScript packed with gzip, as text."""
    return base64.b64encode(gzip.compress(plotly_code().encode(), 9, mtime=0)).decode()


def allowed(code: str) -> str:
    """Return the hash by which the policy lets a script run."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def island(figures: list[dict[str, Any]]) -> str:
    """Return figures as JSON that cannot end its script element."""
    said = json.dumps(figures, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    escapes: dict[str, str | int | None] = {
        sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")
    }
    return said.translate(str.maketrans(escapes))
