"""Names: everything that is named is declared, and every kept source may be used."""

from collections.abc import Iterator

from carbonpath.inputs.check import check, check_names
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.references import REFERENCES, unknown_names
from carbonpath.inputs.tables import Tables

NON_COMMERCIAL = ("-nc", "non-commercial", "noncommercial", "非商业")


@check_names
def names_are_declared(tables: Tables) -> Iterator[str]:
    """Technologies, commodities, drivers, parameters and the like are declared where they live."""
    for reference in REFERENCES:
        if reference.column != "source":
            yield from unknown_names(tables, reference)


@check_names
def sources_are_declared(tables: Tables) -> Iterator[str]:
    """Every source id stands in sources.csv."""
    for reference in REFERENCES:
        if reference.column == "source":
            yield from unknown_names(tables, reference)


@check
def sources_allow_commercial_use(tables: Tables) -> Iterator[str]:
    """No source is under a licence that forbids commercial use."""
    data = tables["sources"]
    licences = texts(data, "licence")
    rows = [
        row for row, text in enumerate(licences) if any(w in text.lower() for w in NON_COMMERCIAL)
    ]
    for row, where in zip(rows, at(data, rows, "licence"), strict=True):
        yield (
            f"{where}: licence {licences[row]!r} forbids commercial use; take the values from "
            "another source"
        )


@check
def modes_have_flows(tables: Tables) -> Iterator[str]:
    """A parameter of a mode belongs to a mode that flows.csv gives the technology."""
    flows, data = tables["flows"], tables["parameters"]
    known = set(zip(texts(flows, "technology"), texts(flows, "mode"), strict=True))
    pairs = list(zip(texts(data, "technology"), texts(data, "mode"), strict=True))
    rows = [row for row, pair in enumerate(pairs) if pair[1] and pair not in known]
    for row, where in zip(rows, at(data, rows, "mode"), strict=True):
        technology, mode = pairs[row]
        modes = sorted(other for name, other in known if name == technology)
        listed = f"write one of {', '.join(modes)}" if modes else "give it flows first"
        yield f"{where}: technology {technology!r} has no mode {mode!r}; {listed}"
