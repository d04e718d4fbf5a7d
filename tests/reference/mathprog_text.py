"""OSeMOSYS data as the text of a MathProg data file, in every form that the language has for it."""

from collections.abc import Iterator
from random import Random

from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS

Row = tuple[tuple[str, ...], float]


def text(data: OsemosysData, seed: int = 0) -> str:
    """Return a data file that glpsol reads as these data; the seed chooses among equal forms."""
    random = Random(seed)
    lines = ["# sets", "data;"]
    for name, members in data.sets.items():
        if name != "FLEXIBLEDEMANDTYPE":
            lines.append(f"set {name} := {' '.join(members)};")
    for name, dimensions in DIMENSIONS.items():
        rows = [
            (tuple(map(str, row[:-1])), float(row[-1]))
            for row in data.given(name)[[*dimensions, VALUE]].itertuples(index=False, name=None)
        ]
        if rows or name in data.defaults:
            lines.extend(_parameter(name, rows, data.defaults.get(name), random))
    return "\n".join([*lines, "end;", ""])


def _parameter(name: str, rows: list[Row], default: float | None, random: Random) -> Iterator[str]:
    """Yield the lines of one parameter, in one of the forms."""
    head = f"param {name}" if default is None else f"param {name} default {default!r}"
    size = len(DIMENSIONS[name])
    form = random.choice(("plain", "slice", "table", "transposed", "comma"))
    if not rows:
        yield f"{head} := ;"
    elif form in ("table", "transposed") and size >= 2:
        yield f"{head} :="
        yield from _tables(rows, size, form == "transposed", random)
        yield ";"
    elif form == "slice" and size >= 2:
        yield f"{head} :="
        place = random.randrange(size)
        for member in dict.fromkeys(key[place] for key, _ in rows):
            yield f"[{','.join(member if n == place else '*' for n in range(size))}]"
            for key, value in rows:
                if key[place] == member:
                    yield f"{' '.join((*key[:place], *key[place + 1 :]))} {value!r}"
        yield ";"
    else:
        yield f"{head} :=  /* {form} */"
        mark = "," if form == "comma" else ""
        yield from (f"{' '.join(key)} {value!r}{mark if row < len(rows) - 1 else ''}"
                    for row, (key, value) in enumerate(rows))  # fmt: skip
        yield ";  # end"


def _tables(rows: list[Row], size: int, transposed: bool, random: Random) -> Iterator[str]:
    """Yield a table for each combination of all but two places; what is not given is a dot."""
    free = sorted(random.sample(range(size), 2))
    groups: dict[tuple[str, ...], list[Row]] = {}
    for key, value in rows:
        fixed = tuple("*" if n in free else part for n, part in enumerate(key))
        groups.setdefault(fixed, []).append((key, value))
    for fixed, members in groups.items():
        found = {(key[free[0]], key[free[1]]): value for key, value in members}
        left = list(dict.fromkeys(pair[0] for pair in found))
        top = list(dict.fromkeys(pair[1] for pair in found))
        if transposed:
            left, top = top, left
        mark = " (tr)" if transposed else ""
        yield f"[{', '.join(fixed)}]{mark}: {' '.join(top)} :="
        for line in left:
            cells = (found.get((column, line) if transposed else (line, column)) for column in top)
            yield f"{line} {' '.join('.' if cell is None else repr(cell) for cell in cells)}"
