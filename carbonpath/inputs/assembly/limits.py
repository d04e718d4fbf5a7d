"""Rows of limits.csv and history.csv as Limits in canonical units."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.assembly.ground import Ground
from carbonpath.inputs.frames import origins
from carbonpath.inputs.patterns import split
from carbonpath.inputs.selection import row_texts
from carbonpath.inputs.series import LIMIT
from carbonpath.spec.quantities import BY_NAME
from carbonpath.system.system import ALL_PERIODS, BASE_YEAR, STEP, Limit

Floats = npt.NDArray[np.float64]
SELECTORS = (
    "region", "technology", "commodity", "sector", "group", "run_vintage", "run_mode", "time_slice",
    "checkpoint",
)  # fmt: skip
LAGS = {"": 0, "1": 1, "step": STEP, "base": BASE_YEAR}


def limits(ground: Ground, drivers: pd.DataFrame) -> tuple[Limit, ...]:
    """Return all limits, those of history included, by id."""
    found = [*_declared(ground, drivers), *_history(ground)]
    return tuple(sorted(found, key=lambda limit: (limit.mode == "history", limit.id)))


def _declared(ground: Ground, drivers: pd.DataFrame) -> list[Limit]:
    """Return the limits of limits.csv and of the scenario."""
    data = ground.tables["limits"]
    cells, places = row_texts(ground.tables, "limits"), origins(data)
    values = ground.yearly(data, ["id"], LIMIT)
    prices = data["price_amount"].to_numpy(dtype=float)
    found = []
    first: dict[str, int] = {}
    for row, own in enumerate(cells):
        first.setdefault(own["id"], row)
    number = pd.Series([own["id"] for own in cells], dtype=object)
    values["id"] = number.to_numpy()[values["row"].to_numpy(dtype=np.int64)]
    grouped = {str(name): rows for name, rows in values.groupby("id")}
    for name, row in first.items():
        rows = grouped.get(name)
        if rows is None:
            continue
        own = cells[row]
        total = own["between"] in ("total", "sum")
        labels = [ALL_PERIODS if total else ground.labels["p"][p] for p in rows["p"].tolist()]
        factor = _per_driver(ground, own, drivers)
        amounts = dict(
            zip(labels, (rows["value"].to_numpy() * factor[rows["p"]]).tolist(), strict=True)
        )
        price = dict(zip(labels, np.nan_to_num(prices[rows["row"]]).tolist(), strict=True))
        seed = float(np.nan_to_num(data["seed"].tolist()[row]))
        found.append(_limit(own, amounts, price, seed, places[row]))
    return found


def _per_driver(ground: Ground, cells: Mapping[str, str], drivers: pd.DataFrame) -> Floats:
    """Return by period what multiplies the value where both totals are per driver.

    total / driver <= value                  becomes  total <= value x driver
    total / driver <= value x of / driver'   becomes  total <= value x driver / driver' x of,
    driver' that of the base year or, as the factor is yearly, the root over the years between.
    """
    ones: Floats = np.ones(len(ground.years))
    if not cells["per"]:
        return ones
    driver: Floats = drivers.loc[cells["per"]].to_numpy(dtype=float)
    if not cells["of"]:
        return driver
    if cells["lag"] == "base":
        ratio: Floats = driver / driver[ground.anchor]
        return ratio
    ones[1:] = (driver[1:] / driver[:-1]) ** (1 / np.diff(ground.years))
    return ones


def _limit(
    cells: Mapping[str, str],
    values: Mapping[str, float],
    price: Mapping[str, float],
    seed: float,
    origin: str,
) -> Limit:
    spec = BY_NAME[cells["quantity"]]
    usual = ("region",) if "r" in spec.dims else ()
    words = cells["each"].split()
    each = tuple(name for name in words if name != "period") if words else usual
    soft = cells["mode"] == "soft" or (cells["mode"] == "track" and any(price.values()))
    return Limit(
        id=cells["id"], quantity=cells["quantity"], sense=cells["sense"], values=values,
        where=_where(cells, ""), each=each, of=cells["of"], of_where=_of_where(cells),
        lag=LAGS[cells["lag"]], seed=seed, mode=cells["mode"], price=price if soft else {},
        regime=cells["regime"], unit=cells["canonical"], label_zh=cells["label_zh"],
        label_en=cells["label_en"], source=cells["source"], because=cells["because"],
        origin=origin, per=cells["per"], weighted=cells["between"] != "sum",
    )  # fmt: skip


def _of_where(cells: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the selection of the second quantity; by itself it lies in the region of the first."""
    own, first = _where(cells, "of_"), _where(cells, "")
    return {"region": first["region"]} | own if cells["of"] and "region" in first else own


def _where(cells: Mapping[str, str], prefix: str) -> dict[str, tuple[str, ...]]:
    return {
        name.removeprefix("run_"): split(cells[f"{prefix}{name}"])
        for name in SELECTORS
        if cells.get(f"{prefix}{name}")
    }


def _history(ground: Ground) -> list[Limit]:
    """Return one limit for each row of history whose year is a period."""
    data = ground.tables["history"]
    cells, places = row_texts(ground.tables, "history"), origins(data)
    found = []
    for row, own in enumerate(cells):
        year = str(data["period"].tolist()[row])
        if year not in ground.labels["p"]:
            continue
        spec = BY_NAME[own["quantity"]]
        found.append(
            Limit(
                id=own["id"], quantity=own["quantity"], sense=own["sense"],
                values={year: float(data["amount"].tolist()[row])}, where=_where(own, ""),
                each=("region",) if "r" in spec.dims else (), mode="history",
                unit=own["canonical"], source=own["source"], origin=places[row],
            )
        )  # fmt: skip
    return found
