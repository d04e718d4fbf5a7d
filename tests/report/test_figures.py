"""Figures: what is unknown stays empty, what is negative hangs below, colours hold by key."""

import pytest
import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.activity import main_carriers, makers
from carbonpath.accounts.labels import Namer, text, unit_text
from carbonpath.report.area_figures import MOST, by_weight
from carbonpath.report.axes import on_one_axis
from carbonpath.report.figure import (
    AS_WIDE,
    Series,
    faded,
    lines,
    plot_name,
    series_by,
    shown,
    stacked_area,
    stacked_bars,
)
from carbonpath.report.style import (
    colour,
    colours_in_turn,
    lighter,
    number,
    ordered,
    pattern,
    percent,
    rounded,
    shades,
)
from carbonpath.results.results import Results
from tests.accounts.made import made_results

YEARS = [2020, 2030]


def over_years(values: list[float], unit: str = "Mt") -> xr.DataArray:
    """A line over two years."""
    return xr.DataArray(values, dims="period", coords={"period": YEARS}, attrs={"unit": unit})


def one(key: str, *values: float | None, past: dict[int, float] | None = None) -> Series:
    """A series of a key."""
    return Series(key, text(key, key), values, past or {})


def test_negative_bands_hang_below() -> None:
    """A series on both sides of zero has two bands and one legend."""
    figure = stacked_area("x", text("", ""), over_years([1.0, 1.0]), [one("coal", 5.0, -2.0)])
    above, below = figure.traces
    assert (above["y"], below["y"]) == ([5.0, 0.0], [0.0, -2.0])
    assert above["stackgroup"] != below["stackgroup"]
    assert [above["showlegend"], below["showlegend"]] == [True, False]


def test_history_stands_apart() -> None:
    """Statistics are paler, stacked by themselves, and the break is marked."""
    figure = stacked_area(
        "x", text("", ""), over_years([1.0, 2.0]), [one("coal", 1.0, 2.0, past={2015: 3.0})]
    )
    assert figure.traces[1]["x"] == [2015]
    assert figure.traces[1]["fillcolor"] == faded(colour("coal"))
    assert figure.layout["shapes"][0]["x0"] == 2019.5
    assert figure.columns == ["2015*", "2020", "2030"]
    assert figure.rows[0][1] == [3.0, 1.0, 2.0]


def test_bars_of_statistics_are_paler_and_marked() -> None:
    """Stars in the table, dots for the statistics of a line above the bars, a true time axis.

    The period 2030 stands for ten years: its bar reaches from the middle of 2020 to that of 2030.
    """
    figure = stacked_bars(
        "x", text("", ""), "TWh", YEARS, [one("coal", 1.0, 2.0, past={2015: 3.0})],
        over=[one("electricity", 4.0, 5.0, past={2018: 6.0})],
    )  # fmt: skip
    bars, line, open_dots = figure.traces
    assert bars["x"] == [2015, 2018, 2020, 2030]
    assert bars["width"] == pytest.approx([0.84, 0.84, 0.84, 9.84])
    assert bars["offset"] == pytest.approx([-0.42, -0.42, -0.42, -9.42])
    assert bars["y"] == [3.0, None, 1.0, 2.0]
    assert bars["marker"]["opacity"] == [0.45, 0.45, 1.0, 1.0]
    assert (line["x"], open_dots["x"]) == ([2020, 2030], [2018])
    assert figure.layout["shapes"][0]["x0"] == 2019.5
    assert figure.note == AS_WIDE
    assert figure.columns == ["2015*", "2018*", "2020", "2030"]


def test_what_is_unknown_stays_empty() -> None:
    """A missing value is None in data and table, not zero."""
    figure = lines("x", text("", ""), over_years([1.0, 2.0]), [one("C1", None, 2.0)])
    assert figure.traces[0]["y"] == [None, 2.0]
    assert figure.rows[0][1] == [None, 2.0]
    assert rounded(float("nan")) is None


def test_small_multiples_share_their_axis() -> None:
    """The highest pile of all sets the range of each."""
    tall = stacked_bars("a", text("", ""), "GW", YEARS, [one("coal", 4.0, 1.0), one("gas", 6.0, 1)])
    low = stacked_bars("b", text("", ""), "GW", YEARS, [one("coal", -1.0, 2.0)])
    first, second = on_one_axis([tall, low])
    assert first.layout["yaxis"] == second.layout["yaxis"]
    assert first.layout["yaxis"]["range"] == pytest.approx([-1.55, 10.55])


def test_money_is_shown_in_yi_and_shares_in_per_cent() -> None:
    """1 bn CNY are 10 亿元; 0.24 is 24 %."""
    money = shown(over_years([1.0, 2.0], "bn CNY_2020"))
    assert money.attrs["unit"] == "1e8 CNY_2020"
    assert float(money[0]) == pytest.approx(10.0)
    assert float(shown(over_years([0.24, 0.3], "1"))[0]) == pytest.approx(24.0)
    assert unit_text("1e8 CNY_2020")["zh"].startswith("亿元")
    assert unit_text("kt") == {"zh": "kt", "en": "kt"}


def test_series_without_anything_are_left_out() -> None:
    """Only labels with a value have a band; another name may be given."""
    array = xr.DataArray(
        [[0.0, 0.0], [1.0, 2.0]], dims=("scope", "period"),
        coords={"scope": ["C0", "energy"], "period": YEARS}, attrs={"unit": "Mt"},
    )  # fmt: skip
    found = series_by(array, "scope", Namer(made_results()), known_as={"energy": "fuel"})
    assert [(s.key, s.name["en"]) for s in found] == [("fuel", "Fuel use")]
    assert found[0].colour == colour("fuel")


def test_colours_hold_by_key() -> None:
    """A longer key has the colour of its stem; technologies have shades of their fuel."""
    assert colour("coal_usc") == colour("coal")
    assert colour("hydrogen") != colour("hydro")
    assert colour("something new") == colour("something new")
    tints = shades({"a": "gas", "b": "gas", "c": ""})
    assert tints["a"] == colour("gas")
    assert tints["b"] == lighter(colour("gas"), 1)
    assert tints["c"] == "#9AA0A6"
    assert len(set(colours_in_turn("abcdef").values())) == 6
    assert pattern("battery_li") == "\\"
    assert pattern("coal") == ""
    assert ordered(["pv", "x", "coal"]) == ["coal", "pv", "x"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234.5, "1\u202f234"), (12.345, "12.3"), (0.012345, "0.0123"), (-5.0, "\u22125.00"),
        (0.0, "0"), (None, "—"), (float("nan"), "—"), (1e-14, "0"),
    ],
)  # fmt: skip
def test_numbers_have_three_digits(value: float | None, said: str) -> None:
    """Thin groups of thousands, a true minus, a dash for what is not known."""
    assert number(value) == said


def test_shares_are_told_in_per_cent() -> None:
    """One decimal."""
    assert percent(0.2345) == "23.4\u202f%"
    assert percent(None) == "—"


def test_names_come_from_the_dataset_first() -> None:
    """Own labels of technologies and areas; a key nobody knows is itself."""
    made = made_results()
    namer = Namer(made)
    assert namer.exact("coal_chp") == {"zh": "煤电", "en": "Coal power"}
    assert namer("coal_chp") == {"zh": "煤电热电联产", "en": "Coal CHP"}
    assert namer("new_thing") == {"zh": "new thing", "en": "new thing"}
    import pandas as pd

    sectors = pd.DataFrame(
        {"sector": ["water"], "label_zh": ["水"], "label_en": ["Water"], "colour": ["#123456"]}
    )
    own = Namer(Results(made.dataset, {"sectors": sectors}))
    assert own("water")["zh"] == "水"
    assert own.tints["water"] == "#123456"
    assert plot_name(text("<b>", "a&b")) == {"zh": "&lt;b&gt;", "en": "a&amp;b"}


def test_services_know_their_makers_and_their_fuel() -> None:
    """Steel has two makers; the cracker's fuel is oil, the heat pump's electricity."""
    made = made_results()
    assert makers(made, "industry")["steel"] == ["steel_bof", "steel_eaf"]
    carriers = main_carriers(made)
    assert carriers["cracker"] == "oil"
    assert carriers["heating_pump"] == "electricity"


def test_a_crowded_service_has_a_rest() -> None:
    """More technologies than bands: the lightest are put together."""
    names = [f"t{at}" for at in range(MOST + 2)]
    shares = xr.DataArray(
        [[float(at)] for at in range(MOST + 2)], dims=("technology", "period"),
        coords={"technology": names, "period": [2020]},
    )  # fmt: skip
    kept, rest = by_weight(shares, names)
    assert rest == ["t0", "t1"]
    assert len(kept) == MOST


def test_accounts_feed_every_figure_only_once() -> None:
    """An indicator is formed when first asked for and kept."""
    accounts = Accounts(made_results())
    assert accounts["gdp"] is accounts["gdp"]
