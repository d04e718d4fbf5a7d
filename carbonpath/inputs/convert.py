"""Units to canonical. The only place a number changes: each converted table gains `amount`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from carbonpath.inputs.drivers import own_exponents, units
from carbonpath.inputs.frames import Frame, at, texts
from carbonpath.inputs.selection import Selection, row_texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.accounting import BY_NAME as ACCOUNTING
from carbonpath.spec.parameters import BY_NAME as PARAMETERS
from carbonpath.spec.quantities import BY_NAME as QUANTITIES
from carbonpath.spec.quantities import QuantitySpec
from carbonpath.spec.units import Unit, canonical, parse, problem_with

VALUE = {"situations": "peak_load"}
"""Columns of values where they are not called so."""
SELECTORS = ("technology", "commodity", "sector", "group")
AMOUNT, CANONICAL = "amount", "canonical"
"""The value in canonical units, and the text of that unit."""
Target = Unit | str
"""The unit a row must be given in, or why there is none (empty: another check tells why)."""


def converted(tables: Tables) -> tuple[Tables, list[str]]:
    """Return the tables with canonical amounts, and a sentence for each unit that does not fit."""
    targets = _Targets(tables)
    frames: dict[str, Frame] = {}
    problems: list[str] = []
    for name, target in targets.by_table().items():
        data = tables[name]
        frames[name], found = _with_amounts(data, VALUE.get(name, "value"), target(data))
        problems += found
    frames["limits"], found = _with_prices(frames["limits"], targets.limit_prices())
    problems += found
    return tables.with_frames(frames), problems


def _with_amounts(data: Frame, column: str, targets: Iterable[Target]) -> tuple[Frame, list[str]]:
    """Convert a column of values in `unit` to the target of each row."""
    wanted, units = list(targets), texts(data, "unit")
    factors = [_factor(unit, target) for unit, target in zip(units, wanted, strict=True)]
    amounts = data[column].to_numpy(dtype=float) * np.array(factors, dtype=float)
    names = [target.text if isinstance(target, Unit) else "" for target in wanted]
    result = data.assign(amount=amounts, canonical=pd.Series(names, index=data.index, dtype=object))
    return result, list(_misfits(data, "unit", units, wanted))


def _with_prices(data: Frame, targets: Iterable[Target]) -> tuple[Frame, list[str]]:
    """Convert `price` in `price_unit`."""
    wanted, units = list(targets), texts(data, "price_unit")
    given = ~np.isnan(data["price"].to_numpy(dtype=float))
    factors = [_factor(unit, target) for unit, target in zip(units, wanted, strict=True)]
    result = data.assign(price_amount=data["price"].to_numpy(dtype=float) * np.array(factors))
    told = [target if asked else "" for target, asked in zip(wanted, given, strict=True)]
    return result, list(_misfits(data, "price_unit", units, told))


@lru_cache(maxsize=8192)
def _factor(unit: str, target: Target) -> float:
    """Return the factor to the target; NaN where the unit does not fit."""
    if isinstance(target, str) or problem_with(unit):
        return float("nan")
    given = parse(unit)
    return given.factor / target.factor if given.exponents == target.exponents else float("nan")


def _misfits(data: Frame, column: str, units: list[str], targets: list[Target]) -> Iterator[str]:
    """Name the rows whose unit measures something else than it should."""
    problem = [_misfit(unit, target) for unit, target in zip(units, targets, strict=True)]
    rows = [row for row, text in enumerate(problem) if text]
    for row, where in zip(rows, at(data, rows, column), strict=True):
        yield f"{where}: {problem[row]}"


@lru_cache(maxsize=8192)
def _misfit(unit: str, target: Target) -> str:
    if isinstance(target, str):
        return target
    if problem_with(unit) or parse(unit).exponents == target.exponents:
        return ""
    return f"unit {unit!r} does not fit; give a unit of the same kind as {target.text!r}"


class _Targets:
    """Finds for each row of a table the unit its value must be converted to."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.one = parse("1")
        self.selection = Selection(tables)
        self.quantities: dict[tuple[str, ...], Target] = {}
        self.commodity = {
            name: _unit_or_none(row["unit"]) for name, row in tables.commodity.items()
        }
        self.cap = {n: _unit_or_none(r["capacity_unit"]) for n, r in tables.technology.items()}
        self.act = {n: _unit_or_none(r["activity_unit"]) for n, r in tables.technology.items()}

    def by_table(self) -> Mapping[str, Callable[[Frame], Iterable[Target]]]:
        """Return how each table's targets are found."""
        return {
            "flows": self._flows,
            "parameters": self._parameters,
            "stock": lambda data: map(self._capacity, texts(data, "technology")),
            "demands": lambda data: map(self._commodity, texts(data, "commodity")),
            "elasticities": lambda data: [self.one] * len(data),
            "drivers": self._drivers,
            "reserves": lambda data: [self.one] * len(data),
            "accounting": lambda data: map(self._accounting, texts(data, "parameter")),
            "prices": self._prices,
            "situations": self._loads,
            "history": lambda _: self._history(),
            "limits": lambda _: self._limits(),
        }

    def _commodity(self, name: str) -> Target:
        return self.commodity.get(name) or ""

    def _capacity(self, name: str) -> Target:
        unit = self.cap.get(name)
        if unit is None and name in self.cap and not self.tables.technology[name]["capacity_unit"]:
            return f"technology {name!r} has no capacity; give its capacity_unit or remove the row"
        return unit or ""

    def _flows(self, data: Frame) -> Iterator[Target]:
        for technology, commodity, per in zip(
            texts(data, "technology"), texts(data, "commodity"), texts(data, "per"), strict=True
        ):
            yield self._flow(technology, commodity, per)

    def _flow(self, technology: str, commodity: str, per: str) -> Target:
        above = self.commodity.get(commodity)
        if per == "activity":
            below: Target = self.act.get(technology) or ""
        else:
            below = self._capacity(technology)
        if above is None or isinstance(below, str):
            return below if isinstance(below, str) else ""
        stored = self.tables.commodity[commodity]["kind"] == "stored"
        yearly = per == "capacity" and not stored
        return above.per(below).per(parse("yr")) if yearly else above.per(below)

    def _parameters(self, data: Frame) -> Iterator[Target]:
        for technology, name in zip(
            texts(data, "technology"), texts(data, "parameter"), strict=True
        ):
            spec = PARAMETERS.get(name)
            yield "" if spec is None else self._composed(spec.unit, technology)

    def _composed(self, text: str, technology: str) -> Target:
        """Read a unit in which `cap` and `act` stand for those of the technology."""
        result: Unit | None = None
        for word in text.split("/"):
            if word == "cap":
                part = self._capacity(technology)
            else:
                part = (self.act.get(technology) or "") if word == "act" else parse(word)
            if isinstance(part, str):
                return part
            result = part if result is None else result.per(part)
        return result or ""

    def _drivers(self, data: Frame) -> Iterator[Target]:
        """A driver is kept in base units of what its first row measures."""
        own = own_exponents(data)
        for name in texts(data, "driver"):
            if name in own:
                yield Unit(canonical(Unit("", own[name], 1.0)).text, own[name], 1.0)
            else:
                yield ""

    def _accounting(self, name: str) -> Target:
        return parse(ACCOUNTING[name].unit) if name in ACCOUNTING else ""

    def _prices(self, data: Frame) -> Iterator[Target]:
        money = parse("bn CNY_2020")
        for name in texts(data, "commodity"):
            unit = self.commodity.get(name)
            yield "" if unit is None else money.per(unit)

    def _loads(self, data: Frame) -> Iterator[Target]:
        for unit in texts(data, "unit"):
            yield parse("GW") if unit else ""

    def _history(self) -> Iterator[Target]:
        for row in row_texts(self.tables, "history"):
            yield self.quantity(row["quantity"], row, "")

    def _limits(self) -> Iterator[Target]:
        drivers = units(self.tables["drivers"])
        for row in row_texts(self.tables, "limits"):
            subject = self.quantity(row["quantity"], row, "")
            if row["of"]:
                yield _ratio(subject, self.quantity(row["of"], row, "of_"))
            elif row["per"]:
                yield _ratio(subject, drivers.get(row["per"], ""))
            else:
                yield subject

    def limit_prices(self) -> Iterator[Target]:
        """Return the unit of the price of a shortfall of each limit."""
        money = parse("bn CNY_2020")
        for row in row_texts(self.tables, "limits"):
            subject = self.quantity(row["quantity"], row, "")
            yield subject if isinstance(subject, str) else money.per(subject)

    def quantity(self, name: str, row: Mapping[str, str], prefix: str) -> Target:
        """Return the unit of a quantity; what is selected must share one."""
        key = (name, prefix, *(row.get(f"{prefix}{column}", "") for column in SELECTORS))
        if key not in self.quantities:
            self.quantities[key] = self._quantity(name, row, prefix)
        return self.quantities[key]

    def _quantity(self, name: str, row: Mapping[str, str], prefix: str) -> Target:
        spec = QUANTITIES.get(name)
        if spec is None:
            return ""
        result: Unit | None = None
        for word in spec.unit.split("/"):
            found = self._units(spec, word, row, prefix)
            if len(found) != 1:
                return _no_common_unit(name, found)
            result = found[0] if result is None else result.per(found[0])
        return result or ""

    def _units(
        self, spec: QuantitySpec, word: str, row: Mapping[str, str], prefix: str
    ) -> list[Unit]:
        """Return the different units that a word of a quantity's unit stands for."""
        if word not in ("commodity", "cap", "act"):
            return [parse(word)]
        if word == "commodity":
            names = (
                sorted({commodity for _, commodity in self.selection.pairs(spec, row, prefix)})
                if spec.sign
                else self.selection.commodities(row, prefix)
            )
            pool = self.commodity
        else:
            names = self.selection.technologies(row, prefix)
            pool = self.cap if word == "cap" else self.act
        found = {unit.text: unit for name in names if (unit := pool.get(name)) is not None}
        return [found[text] for text in sorted(found)]


def _no_common_unit(name: str, units: list[Unit]) -> str:
    if not units:
        return ""
    listed = ", ".join(unit.text for unit in units[:4])
    return f"{name} of what is selected has several units ({listed}); select things of one unit"


def _ratio(above: Target, below: Target) -> Target:
    if isinstance(above, str) or isinstance(below, str):
        return above if isinstance(above, str) else below
    return above.per(below)


def _unit_or_none(text: str) -> Unit | None:
    return None if problem_with(text) else parse(text)
