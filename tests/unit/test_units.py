"""Units: exact factors, a closed vocabulary, and a remedy for everything else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpath.errors import InputError
from carbonpath.spec.units import (
    CHINESE,
    SUGGESTIONS,
    WORDS,
    canonical,
    convert,
    parse,
    problem_with,
)


@pytest.mark.parametrize(
    ("value", "unit", "target", "result"),
    [
        (1, "TWh", "PJ", 3.6),
        (1, "Mtce", "PJ", 29.3076),
        (100, "万吨标准煤", "PJ", 29.3076),
        (400, "CNY/MWh", "CNY_2020/GJ", 400 / 3.6),
        (300, "gce/kWh", "1", 0.3 * 29.3076 / 3.6),
        (1, "1e4 tce", "Mtce", 0.01),
        (1, "GW", "PJ/yr", 31.536),
        (8760, "h/yr", "PJ/GW/yr", 31.536),
        (5, "%/yr", "1/yr", 0.05),
        (9000, "CNY_2020/kW", "bn CNY_2020/GW", 9.0),
        (2.66, "t CO2/tce", "Mt/PJ", 2.66 / 29.3076),
        (1, "MJ/pkm", "PJ/bn pkm", 1.0),
        (1, "1e8 CNY_2020", "亿元", 1.0),
        (4, "GWh/GW", "PJ/GW", 0.0144),
        (1, "万元／吨", "bn CNY_2020/Mt", 10.0),
        (20, "min", "s", 1200),
        (1, "bn m2", "Mm2", 1000),
    ],
)
def test_conversions_are_exact(value: float, unit: str, target: str, result: float) -> None:
    assert convert(value, unit, target) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("GWH", "unit 'GWH' is not known; did you mean GWh, GW or TWh?"),
        ("bn PKM", "unit 'bn PKM' is not known; did you mean bn pkm, bn vkm or bn tkm?"),
        ("ton", "unit 'ton' is not known; did you mean t?"),
        ("", "unit '' is not known; see the units in docs/tables.md"),
        ("CNY_2015/kW", "unit 'CNY_2015/kW' is money of another year or country; convert it with "
         "a sourced deflator and write CNY_2020"),
        ("tce(等价)", "unit 'tce(等价)' names an accounting convention (当量 or 等价), which is no "
         "unit; give the physical energy, and kappa in accounting.csv"),
    ],
)  # fmt: skip
def test_unknown_units_are_refused_with_a_remedy(text: str, sentence: str) -> None:
    assert problem_with(text) == sentence
    with pytest.raises(InputError):
        parse(text)


@pytest.mark.parametrize("text", ["9**9**9", "1/0", "()", "kt kt", "GWh GJ", "x" * 10_000, "1e4 1"])
def test_unit_text_is_never_evaluated(text: str) -> None:
    start = time.process_time()
    assert problem_with(text)
    assert time.process_time() - start < 0.05


def test_dimensions_are_kept_apart() -> None:
    """Kt is a mass and not a knot, and no energy is a power."""
    assert convert(1, "kt", "Mt") == pytest.approx(1e-3)
    with pytest.raises(InputError, match="does not measure"):
        convert(1, "GW", "PJ")


def test_every_accepted_spelling_is_accepted() -> None:
    for text in (*WORDS, *SUGGESTIONS, *CHINESE, *(f"万{word}" for word in CHINESE)):
        assert parse(text).factor > 0


def test_canonical_units_have_the_same_dimension() -> None:
    assert canonical(parse("TWh")).text == "PJ"
    assert canonical(parse("1e8 CNY_2020")).text == "bn CNY_2020"
    assert canonical(parse("gce/kWh")).text == "1"
    assert canonical(parse("m2/person")).text == "m2/person"


@given(st.text(max_size=80))
def test_any_text_is_a_unit_or_a_problem(text: str) -> None:
    if not problem_with(text):
        assert parse(text).factor > 0
