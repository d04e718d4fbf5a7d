"""Small pieces of HTML: texts in one or both languages, tables, escaped whatever they hold."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from carbonpath.accounts.labels import Text

Language = Literal["zh", "en", "both"]


@dataclass(frozen=True)
class Raw:
    """HTML made here, not to be escaped again."""

    html: str


Cell = str | Text | Raw


@dataclass(frozen=True)
class Speaker:
    """Writes texts in the language of the page, or in both for the reader to choose."""

    language: Language = "both"

    def __call__(self, said: Cell) -> str:
        """Return a text as HTML."""
        if isinstance(said, Raw):
            return said.html
        if isinstance(said, str):
            return html.escape(said)
        if self.language != "both":
            return html.escape(said[self.language])
        if said["zh"] == said["en"]:
            return html.escape(said["zh"])
        zh, en = html.escape(said["zh"]), html.escape(said["en"])
        return f'<span lang="zh">{zh}</span><span lang="en">{en}</span>'

    def plain(self, said: Text) -> str:
        """Return a text for an attribute: both languages beside each other."""
        if self.language != "both":
            return html.escape(said[self.language])
        return html.escape(" / ".join(dict.fromkeys((said["zh"], said["en"]))))

    def table(
        self,
        head: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        *,
        css: str = "",
        words: int = 1,
        pathways: int | None = None,
        rows_are_pathways: bool = False,
    ) -> str:
        """Return a table; the first `words` columns are text, the others numbers.

        A reader may leave pathways out: they are the columns from `pathways` on, or the rows.
        """
        heads = "".join(
            f'<th scope="col"{"" if at < words else " class=n"}>{self(cell)}</th>'
            for at, cell in enumerate(head)
        )
        body = "".join(
            "<tr>"
            + "".join(
                f"<td{'' if at < words else ' class=n'}>{self(cell)}</td>"
                for at, cell in enumerate(row)
            )
            + "</tr>"
            for row in rows
        )
        kind = f' class="{css}"' if css else ""
        kind += "" if pathways is None else f' data-pathways="{pathways}"'
        kind += " data-pathway-rows" if rows_are_pathways else ""
        return (
            f'<div class="scroll"><table{kind}><thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def items(self, texts: Sequence[Cell]) -> str:
        """Return a list of sentences."""
        return "<ul>" + "".join(f"<li>{self(one)}</li>" for one in texts) + "</ul>"
