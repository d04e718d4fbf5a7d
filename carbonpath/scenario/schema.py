"""What a scenario file may say. Every model is frozen and refuses keys it does not know."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    model_validator,
)

from carbonpath.scenario import written
from carbonpath.scenario.amounts import amount, amount_in, series, year, years
from carbonpath.spec.columns import CHOICES, EACH
from carbonpath.spec.nearest import hint
from carbonpath.strict_yaml import shown

SCHEMA = "carbonpath/scenario/1"


def of_schema(known: str) -> BeforeValidator:
    """Accept the one schema that this version reads."""

    def validate(value: object) -> object:
        if value != known:
            raise ValueError(
                f"schema {shown(value)} is not known to this version; write {known!r}, or use a "
                "newer carbonpath if a newer one made the file"
            )
        return value

    return BeforeValidator(validate)


def _label(value: object) -> object:
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _texts(value: object) -> object:
    """Accept one text or a list of texts."""
    return [value] if isinstance(value, str) else value


def _cell(value: object) -> str:
    """Write a plain value as a table cell."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"{shown(value)} is no cell of a table; write a text or a number")
    return str(value)


def _solver(value: object) -> str:
    """A solver by the name that Pyomo knows it under."""
    name = str(value)
    if not (isinstance(value, str) and name.isascii() and name.isidentifier() and name.islower()):
        raise ValueError(
            f"{shown(value)} is no name of a solver; write highs, or another as Pyomo names it, "
            "such as glpk or cbc"
        )
    return name


def _one_of(words: tuple[str, ...]) -> BeforeValidator:
    """Accept one word of a closed list; an editor is told by `written.one_of`."""

    def validate(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"{shown(value)} is not accepted; {hint(str(value), words)}")
        return value

    return BeforeValidator(validate)


Year = Annotated[int, BeforeValidator(year)]
Years = Annotated[tuple[int, ...], BeforeValidator(years), written.YEARS]
Quantity = Annotated[Any, BeforeValidator(amount), written.AMOUNT]
Series = Annotated[Any, BeforeValidator(series), written.SERIES]
Rate = Annotated[float, BeforeValidator(lambda value: amount_in(value, "1/yr"))]
Share = Annotated[float, BeforeValidator(lambda value: amount_in(value, "1"))]
Seconds = Annotated[float, BeforeValidator(lambda value: amount_in(value, "s")), written.AMOUNT]
Cell = Annotated[str, BeforeValidator(_cell), written.CELL]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts), written.TEXTS]
Sense = Annotated[str, _one_of(CHOICES["sense"]), written.one_of(CHOICES["sense"])]
Mode = Annotated[str, _one_of(CHOICES["limits.mode"]), written.one_of(CHOICES["limits.mode"])]
Between = Annotated[str, _one_of(CHOICES["between"]), written.one_of(CHOICES["between"])]
LimitBetween = Annotated[
    str, _one_of(CHOICES["limits.between"]), written.one_of(CHOICES["limits.between"])
]


Dimensions = Annotated[
    tuple[Annotated[str, _one_of(EACH)], ...], BeforeValidator(_texts), written.some_of(EACH)
]


class Part(BaseModel):
    """A piece of a scenario."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Label(Part):
    """A name in Chinese and English."""

    zh: str = ""
    en: str = ""


Labelled = Annotated[Label, BeforeValidator(_label), written.LABEL]


class Slices(Part):
    """How the year is cut: seasons (1, 4 or 12) and blocks of hours of the typical day."""

    seasons: StrictInt = 4
    blocks: StrictInt = 8

    @model_validator(mode="after")
    def _divide_evenly(self) -> "Slices":
        if self.seasons not in (1, 4, 12):
            raise ValueError(f"{self.seasons} seasons are not possible; write 1, 4 or 12")
        if self.blocks < 1 or 24 % self.blocks:
            raise ValueError(
                f"{self.blocks} blocks do not divide 24 hours; write 1, 2, 3, 4, 6, 8, 12 or 24"
            )
        return self


class Horizon(Part):
    """The periods, the slices, the social discount rate and the reserve margin."""

    periods: Years | None = None
    slices: Slices = Slices()
    discount_rate: Annotated[Rate, Field(gt=-0.5, lt=0.5), written.AMOUNT] | None = None
    margin: Annotated[Share, Field(ge=0, le=1), written.AMOUNT] | None = None


class DriverChange(Part):
    """New values of a driver from the first year given on, or a factor on the old ones."""

    model_config = ConfigDict(json_schema_extra=written.with_years)

    values: Series | None = None
    scale: Series | None = None
    between: Between = ""
    source: str = ""
    quality: str = "assumed"
    because: str = ""

    @model_validator(mode="before")
    @classmethod
    def _gather_years(cls, data: object) -> object:
        """Move years and their unit into `values`."""
        if not isinstance(data, Mapping):
            return data
        known = {key: data[key] for key in data if isinstance(key, str) and key != "unit"}
        years = {key: data[key] for key in data if not isinstance(key, str)}
        if "unit" in data or years:
            inner = known.get("values")
            years |= dict(inner) if isinstance(inner, Mapping) else {}
            unit = {"unit": data["unit"]} if "unit" in data else {}
            known["values"] = {**unit, **years}
        return known

    @model_validator(mode="after")
    def _say_something(self) -> "DriverChange":
        if (self.values is None) == (self.scale is None):
            raise ValueError("give either values by year with their unit, or 'scale'")
        return self


class LimitRow(Part):
    """A new limit, or what differs from the limit of the same id that is inherited."""

    id: str
    quantity: str | None = None
    where: Mapping[str, Texts] = Field(default_factory=dict)
    each: Dimensions | None = None
    of: str | None = None
    of_where: Mapping[str, Texts] = Field(default_factory=dict)
    lag: Cell | None = None
    per: str | None = None
    sense: Sense | None = None
    value: Series | None = None
    between: LimitBetween | None = None
    seed: Cell | None = None
    mode: Mode | None = None
    price: Quantity | None = None
    regime: str | None = None
    label: Labelled | None = None
    source: str | None = None
    quality: str | None = None
    because: str | None = None
    note: str | None = None
    remove: StrictBool = False


class PriceRow(Part):
    """A price on an emission commodity (`of`)."""

    id: str
    of: str | None = None
    value: Series | None = None
    between: Between | None = None
    label: Labelled | None = None
    source: str | None = None
    quality: str | None = None
    because: str | None = None
    note: str | None = None
    remove: StrictBool = False


class Change(Part):
    """A surgical edit of an input table: exactly one of set, scale, add, drop."""

    table: str
    where: Mapping[str, Any] = Field(default_factory=dict)
    set: Any = None
    scale: Annotated[Share, written.AMOUNT] | None = None
    add: Mapping[str, Cell] | None = None
    drop: StrictBool | None = None
    because: str = ""

    @model_validator(mode="after")
    def _do_one_thing(self) -> "Change":
        given = [
            name for name in ("set", "scale", "add", "drop") if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError("a change needs exactly one of 'set', 'scale', 'add' and 'drop'")
        if (self.add is None) != bool(self.where):
            raise ValueError("'set', 'scale' and 'drop' need 'where'; 'add' has none")
        return self


Periods = Annotated[StrictInt, Field(ge=1)]
"""A number of periods."""


class Solve(Part):
    """How the model is solved.

    `mode: myopic` decides in windows: each sees `view` periods and decides the first `step` of
    them, with what earlier windows decided fixed. With `reconsider` a window without a solution
    takes back the period before. `foresight` sees the whole horizon at once. `solver` is highs or
    another that Pyomo knows, such as glpk or cbc; it solves with foresight only.
    """

    mode: Literal["foresight", "myopic"] = "foresight"
    view: Periods | None = None
    step: Periods | None = None
    reconsider: StrictBool | None = None
    solver: Annotated[str, BeforeValidator(_solver), written.SOLVER] = "highs"
    method: Literal["auto", "simplex", "ipm", "hipo"] = "auto"
    time_limit: Seconds | None = None
    threads: Annotated[StrictInt, Field(ge=1, le=256)] | None = None

    def problem(self) -> str | None:
        """Say which keys do not go together; told of the merged scenario, not of one file."""
        if self.mode != "myopic":
            if not (self.view or self.step or self.reconsider):
                return None
            return (
                "'view', 'step' and 'reconsider' belong to mode myopic; add 'mode: myopic', or "
                "give them as null"
            )
        if self.solver != "highs":
            return f"mode myopic is solved by highs only; take 'solver: highs', not {self.solver}"
        if self.view is None:
            return "mode myopic needs 'view', the number of periods seen at once"
        if self.step is not None and self.step > self.view:
            return f"step {self.step} is more than view {self.view}; what is decided must be seen"
        return None


class Definition(Part):
    """One scenario file."""

    schema_: Annotated[str, Field(alias="schema"), of_schema(SCHEMA), written.one_of((SCHEMA,))] = (
        SCHEMA
    )
    title: Labelled = Label()
    extends: str | None = None
    note: str = ""
    dataset: str | None = None
    horizon: Horizon = Horizon()
    innovation: str | None = None
    options: Mapping[str, str] = Field(default_factory=dict)
    knowledge: Year | None = None
    drivers: Mapping[str, DriverChange] = Field(default_factory=dict)
    limits: tuple[LimitRow, ...] = ()
    prices: tuple[PriceRow, ...] = ()
    changes: tuple[Change, ...] = ()
    solve: Solve = Solve()


class Scenario(Definition):
    """A resolved scenario: its own file merged with all it extends.

    `places` holds file:line of every value, by path; limits and prices are addressed by id,
    changes by position.
    """

    id: str
    project: Path
    chain: tuple[str, ...]
    places: Mapping[tuple[str | int, ...], str]

    def place(self, *path: str | int) -> str:
        """Return file:line of a value, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return f"scenarios/{self.id}.yaml:1"
