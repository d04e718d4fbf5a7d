"""dataset.yaml and sector.yaml: what holds for a whole dataset, and how sectors are shown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    model_validator,
)

from carbonpath.errors import ScenarioError
from carbonpath.inputs.problems import Problems
from carbonpath.inputs.read import SECTORS, sector_folders
from carbonpath.scenario.amounts import amount_in, year
from carbonpath.scenario.problems import WORDING
from carbonpath.spec.nearest import hint, nearest
from carbonpath.strict_yaml import Document, read, shown

Month = Annotated[int, Field(ge=1, le=12)]
Hour = Annotated[int, Field(ge=0, le=24)]
SEASONS: Mapping[str, tuple[int, ...]] = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "winter": (12, 1, 2),
}


EXTRA = "extra_forbidden"
Model = TypeVar("Model", bound=BaseModel)


class Part(BaseModel):
    """A piece of a dataset's description."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Part):
    """A name in Chinese and English."""

    zh: str = ""
    en: str = ""


Money = Annotated[str, Field(min_length=1, max_length=80)]
HOME = "CNY_2020"


class Option(Part):
    """A choice that rows with `when` depend on."""

    default: str
    values: tuple[str, ...]
    label: Label = Label()
    note: str = ""

    @model_validator(mode="after")
    def _default_is_a_value(self) -> "Option":
        if self.default not in self.values:
            raise ValueError(f"default {shown(self.default)} is not among the values; add it")
        return self


class Payments(Part):
    """How years count and how money is paid: see docs/conventions.md for the formulas."""

    periods: Literal["since_previous", "single", "until_next"] = "since_previous"
    investment: Literal["annuity", "overnight", "loan"] = "annuity"
    salvage: Literal["sinking_fund", "straight_line"] = "sinking_fund"
    operation: Literal["start", "middle", "end"] = "start"
    discount_to: Annotated[int, BeforeValidator(year)] | None = None
    ramps: Literal["day", "sequence", "both"] = "day"


class Dataset(Part):
    """dataset.yaml."""

    schema_: Annotated[Literal["carbonpath/dataset/1"], Field(alias="schema")] = (
        "carbonpath/dataset/1"
    )
    title: Label = Label()
    base_year: Annotated[int, BeforeValidator(year)]
    discount_rate: (
        Annotated[float, BeforeValidator(lambda v: amount_in(v, "1/yr")), Field(gt=-0.5, lt=0.5)]
        | None
    ) = None
    currency: Money | Label = HOME
    contact: str = ""
    licence: str = ""
    note: str = ""
    seasons: Mapping[str, tuple[Month, ...]] = Field(default_factory=lambda: dict(SEASONS))
    low_days: Mapping[str, float] = Field(default_factory=dict)
    low_day_hours: tuple[Hour, Hour] = (8, 17)
    options: Mapping[str, Option] = Field(default_factory=dict)
    conventions: Payments = Payments()

    @property
    def money(self) -> tuple[str, str]:
        """The name of its money in Chinese and English; none where it is CNY_2020."""
        given = self.currency
        if isinstance(given, Label):
            return given.zh or given.en, given.en or given.zh
        return ("", "") if given == HOME else (given, given)

    @model_validator(mode="after")
    def _months_are_shared_out(self) -> "Dataset":
        months = sorted(month for season in self.seasons.values() for month in season)
        if months != list(range(1, 13)):
            raise ValueError("seasons must hold each month 1 to 12 exactly once")
        if unknown := sorted(set(self.low_days) - set(self.seasons)):
            raise ValueError(f"low_days names {unknown[0]!r}; {hint(unknown[0], self.seasons)}")
        return self


class Sector(Part):
    """sector.yaml."""

    schema_: Annotated[Literal["carbonpath/sector/1"], Field(alias="schema")] = (
        "carbonpath/sector/1"
    )
    label: Label
    colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#777777"
    order: StrictInt = 1000
    note: str = ""


def read_dataset(folder: Path, problems: Problems) -> Dataset | None:
    """Read dataset.yaml; None if it is not valid."""
    return _read(Dataset, folder / "dataset.yaml", "dataset.yaml", problems)


def read_sectors(folder: Path, problems: Problems) -> dict[str, Sector]:
    """Read sector.yaml of every sector folder, in the order they are shown."""
    sectors: dict[str, Sector] = {}
    for path in sector_folders(folder):
        name = f"{SECTORS}/{path.name}/sector.yaml"
        sector = _read(Sector, path / "sector.yaml", name, problems)
        sectors[path.name] = sector or Sector(label=Label(zh=path.name, en=path.name))
    return dict(sorted(sectors.items(), key=lambda item: (item[1].order, item[0])))


def _read(model: type[Model], path: Path, name: str, problems: Problems) -> Model | None:
    """Read one file by its schema; every fault is noted with its place."""
    if not path.is_file():
        problems.add("files_are_readable", f"{name}: the file is missing; see docs/tables.md")
        return None
    try:
        document = read(path, name)
        return model.model_validate(document.data)
    except ScenarioError as error:
        problems.add("files_are_readable", error.problems)
    except ValidationError as error:
        details = error.errors()
        meant = {nearest(str(d["loc"][-1]), _keys(model)) for d in details if d["type"] == EXTRA}
        for detail in details:
            if detail["type"] == "missing" and detail["loc"][-1] in meant:
                continue
            problems.add("dataset_files_fit_their_schema", _sentence(model, document, detail))
    return None


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _sentence(model: type[BaseModel], document: Document, detail: Any) -> str:
    """Say what is wrong with one entry."""
    path = tuple(detail["loc"])
    while path and path not in document.values:
        path = path[:-1]
    where = document.place(path)
    key = detail["loc"][-1] if detail["loc"] else ""
    if detail["type"] == EXTRA:
        remedy = hint(str(key), _keys(model), "remove it or see docs/tables.md")
        return f"{document.key_place(path)}: unknown key {shown(key)}; {remedy}"
    if detail["type"] == "missing":
        return f"{where}: key {shown(key)} is missing; add it"
    if detail["type"] == "value_error":
        return f"{where}: {detail['ctx']['error']}"
    if detail["type"] in WORDING:
        context = {"value": shown(detail["input"]), **detail.get("ctx", {})}
        return f"{where}: {key}: " + WORDING[detail["type"]].format(**context)
    return f"{where}: {key}: {shown(detail['input'])} is not accepted: {detail['msg']}"
