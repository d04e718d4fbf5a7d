"""Study files: which inputs of a scenario are uncertain, over which range, on whose word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StrictFloat,
    StrictInt,
    ValidationError,
    model_validator,
)

from carbonpath.errors import Coded, ScenarioError
from carbonpath.scenario.amounts import Amount
from carbonpath.scenario.problems import Fault, faults_of, is_echo
from carbonpath.scenario.problems import Part as Kept
from carbonpath.scenario.schema import Label as Named
from carbonpath.scenario.schema import Labelled, Part, Quantity, Share, Years, of_schema
from carbonpath.strict_yaml import Document, read, shown

SCHEMA = "carbonpath/study/1"
SCENARIOS = "scenarios"
NAME = r"^[A-Za-z0-9_-]{1,40}$"
Distribution = Literal["uniform", "triangular", "loguniform"]
METHODS = ("latin_hypercube", "sobol")


def _choices(value: object) -> object:
    """Accept a list of choices, equally likely, or choices with weights."""
    return dict.fromkeys(value, 1.0) if isinstance(value, list) else value


class Range(Part):
    """Factors on a value: from low to high, by a distribution; `mode` is a triangle's peak."""

    low: Share
    high: Share
    mode: Share | None = None
    distribution: Distribution = "uniform"

    @model_validator(mode="after")
    def _is_a_range(self) -> "Range":
        check_range(self.low, self.high, self.mode, self.distribution)
        return self

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Low, peak (the middle if none is given) and high."""
        middle = (self.low + self.high) / 2.0 if self.mode is None else self.mode
        return self.low, middle, self.high


class Amounts(Part):
    """New values with a unit, e.g. 80 Mt to 120 Mt; all three in one unit."""

    low: Quantity
    high: Quantity
    mode: Quantity | None = None
    distribution: Distribution = "uniform"

    @model_validator(mode="after")
    def _is_a_range(self) -> "Amounts":
        given = [one for one in (self.low, self.high, self.mode) if isinstance(one, Amount)]
        if len({one.unit for one in given}) > 1:
            units = ", ".join(dict.fromkeys(one.unit for one in given))
            raise ValueError(f"low, high and mode have different units ({units}); write one unit")
        low, high = float(self.low.number), float(self.high.number)
        mode = None if self.mode is None else float(self.mode.number)
        check_range(low, high, mode, self.distribution)
        return self

    @property
    def unit(self) -> str:
        """The unit of all three."""
        return str(self.low.unit)

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Low, peak (the middle if none is given) and high, in the unit."""
        low, high = float(self.low.number), float(self.high.number)
        return low, (low + high) / 2.0 if self.mode is None else float(self.mode.number), high


def check_range(low: float, high: float, mode: float | None, distribution: str) -> None:
    """Refuse a range that is none."""
    if not low < high:
        raise ValueError(f"low {low:g} is not below high {high:g}; exchange or correct them")
    if mode is not None and distribution != "triangular":
        raise ValueError(f"'mode' belongs to a triangular distribution, not to {distribution}")
    if mode is not None and not low <= mode <= high:
        raise ValueError(f"mode {mode:g} is not between low {low:g} and high {high:g}")
    if distribution == "loguniform" and low <= 0.0:
        raise ValueError(f"a loguniform range begins above zero, not at {low:g}")


class Factor(Part):
    """One uncertain input: what it changes, the range or choices, and where they come from."""

    id: Annotated[str, Field(pattern=NAME)]
    label: Labelled = Named()
    limit: str | None = None
    price: str | None = None
    driver: str | None = None
    table: str | None = None
    where: Mapping[str, Any] = Field(default_factory=dict)
    option: str | None = None
    periods: Years | None = None
    scale: Range | None = None
    value: Amounts | None = None
    choices: Annotated[
        Mapping[str, Annotated[StrictFloat | StrictInt, Field(gt=0)]] | None,
        BeforeValidator(_choices),
    ] = None
    source: str = ""
    quality: Literal["", "assumed"] = ""
    because: str = ""

    @model_validator(mode="after")
    def _change_one_thing(self) -> "Factor":
        named = [name for name in KINDS if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(f"factor {shown(self.id)} needs exactly one of {', '.join(KINDS)}")
        ranges = [name for name in ("scale", "value", "choices") if getattr(self, name) is not None]
        if len(ranges) != 1:
            raise ValueError(f"factor {shown(self.id)} needs exactly one of scale, value, choices")
        self._fits(named[0], ranges[0])
        if not self.source and not (self.quality == "assumed" and self.because):
            raise ValueError(
                f"the range of factor {shown(self.id)} has no source; name one of sources.csv, or "
                "write 'quality: assumed' and 'because'"
            )
        return self

    def _fits(self, kind: str, how: str) -> None:
        """Refuse a range of a kind that cannot be laid on what is named."""
        if (kind == "option") != (how == "choices"):
            raise ValueError(f"factor {shown(self.id)}: 'choices' belong to an 'option', and only")
        if how == "value" and kind not in ("limit", "price"):
            raise ValueError(f"factor {shown(self.id)}: only a limit or a price takes a 'value'")
        if (kind == "table") != bool(self.where):
            raise ValueError(f"factor {shown(self.id)}: 'table' needs 'where', and nothing else")
        if self.periods is not None and kind in ("table", "option"):
            raise ValueError(f"factor {shown(self.id)}: years of a table belong into 'where'")

    @property
    def kind(self) -> str:
        """What is changed: limit, price, driver, table or option."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def unit(self) -> str:
        """The unit of what is drawn; empty for choices."""
        return self.value.unit if self.value else "" if self.choices else "1"


KINDS = ("limit", "price", "driver", "table", "option")


class Drawing(Part):
    """How the sample is drawn unless the command line says otherwise."""

    method: Literal["latin_hypercube", "sobol"] = "latin_hypercube"
    size: Annotated[StrictInt, Field(ge=1, le=100_000)] = 100
    seed: Annotated[StrictInt, Field(ge=0)] = 1


class Definition(Part):
    """One study file."""

    schema_: Annotated[str, Field(alias="schema"), of_schema(SCHEMA)]
    title: Labelled = Named()
    note: str = ""
    scenario: str
    sample: Drawing = Drawing()
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_differ(self) -> "Definition":
        names = [factor.id for factor in self.factors]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two factors are called {twice[0]!r}; rename one")
        return self


@dataclass(frozen=True)
class Study:
    """A study file read: its definition, its project, its text, and the place of each factor."""

    definition: Definition
    path: Path
    project: Path
    text: str
    places: Mapping[str, str]

    @property
    def scenario_file(self) -> Path:
        """The file of the base scenario."""
        return self.project / SCENARIOS / f"{self.definition.scenario}.yaml"


def read_study(path: Path) -> Study:
    """Return a study; raise a ScenarioError with every problem of the file otherwise."""
    project = project_of(path)
    name = path.absolute().relative_to(project).as_posix()
    document = read(path, name)
    definition = checked(document)
    file = project / SCENARIOS / f"{definition.scenario}.yaml"
    if not file.is_file():
        known = ", ".join(sorted(one.stem for one in file.parent.glob("*.yaml"))[:12])
        place = document.place(("scenario",))
        raise ScenarioError(
            f"{place}: {SCENARIOS}/{file.name} does not exist; write one of {known}", code="E202"
        )
    places = {
        factor.id: f"{at.file}:{at.line}"
        for number, factor in enumerate(definition.factors)
        for at in [document.place(("factors", number))]
    }
    return Study(definition, path.absolute(), project, path.read_text("utf-8-sig"), places)


def project_of(path: Path) -> Path:
    """Return the project of a study: the folder around the nearest `scenarios/`."""
    for folder in path.absolute().parents:
        if folder.name == SCENARIOS:
            return folder.parent
    raise ScenarioError(
        f"{path}: a study belongs into a project, below {SCENARIOS}/, e.g. {SCENARIOS}/studies/",
        code="E755",
    )


def checked(document: Document) -> Definition:
    """Return the definition in a document, or raise its problems in the order of its lines."""
    if not isinstance(document.data, dict):
        raise ScenarioError(f"{document.file}:1:1: the file must hold keys and values", code="E212")
    data = {str(key): value for key, value in document.data.items()}
    try:
        return Definition.model_validate(data)
    except ValidationError as error:
        faults = faults_of(error, document, Kept(data, {}), Definition)
        refused = {fault.path for fault in faults}
        told = _sentences([fault for fault in faults if not is_echo(fault, refused)])
        raise ScenarioError(told) from error


def _sentences(faults: Sequence[Fault]) -> list[str]:
    return list(dict.fromkeys(Coded(f"{one.place}: {one.sentence}", one.code) for one in faults))
