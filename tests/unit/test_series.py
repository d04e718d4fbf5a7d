"""Time series: each rule of filling, on numbers a person can check."""

import pandas as pd
import pytest

from carbonpath.inputs.series import LIMIT, PARAMETER, Fill, filled, missing_years

YEARS = (2020, 2025, 2030, 2035)


def table(between: str, *rows: tuple[int, float]) -> pd.DataFrame:
    """Return one series; year 0 is a row without a year."""
    return pd.DataFrame(
        {
            "name": ["a"] * len(rows),
            "period": [year for year, _ in rows],
            "amount": [value for _, value in rows],
            "between": pd.Series([between] * len(rows), dtype=object),
        }
    )


def values(data: pd.DataFrame, fill: Fill = PARAMETER) -> dict[int, float]:
    """Return the filled series by year."""
    found = filled(data, ["name"], YEARS, fill)
    return dict(zip(found["year"].tolist(), found["value"].tolist(), strict=True))


def test_a_row_without_a_year_is_constant() -> None:
    assert values(table("", (0, 7.0))) == dict.fromkeys(YEARS, 7.0)


def test_linear_filling_holds_its_ends() -> None:
    """From 10 in 2025 to 20 in 2030; 10 before, 20 after."""
    assert values(table("linear", (2030, 20.0), (2025, 10.0))) == {
        2020: 10.0, 2025: 10.0, 2030: 20.0, 2035: 20.0,
    }  # fmt: skip
    assert values(table("linear", (2020, 0.0), (2030, 20.0)))[2025] == 10.0


def test_geometric_filling_grows_by_a_factor() -> None:
    """From 100 to 144 in ten years: 120 halfway."""
    assert values(table("geometric", (2020, 100.0), (2030, 144.0)))[2025] == pytest.approx(120)


def test_hold_keeps_the_last_value() -> None:
    assert values(table("hold", (2020, 1.0), (2030, 3.0))) == {
        2020: 1.0, 2025: 1.0, 2030: 3.0, 2035: 3.0,
    }  # fmt: skip


def test_without_a_rule_only_the_years_given_exist() -> None:
    data = table("", (2020, 1.0), (2030, 3.0))
    assert values(data) == {2020: 1.0, 2030: 3.0}
    assert missing_years(data, ["name"], YEARS) == {0: [2025, 2035]}
    assert missing_years(table("hold", (2020, 1.0)), ["name"], YEARS) == {}


def test_a_limit_holds_from_its_year_until_the_next() -> None:
    assert values(table("", (2025, 5.0), (2035, 3.0)), LIMIT) == {2025: 5.0, 2030: 5.0, 2035: 3.0}


def test_a_linear_limit_does_not_hold_before_its_first_year() -> None:
    assert values(table("linear", (2025, 4.0), (2035, 2.0)), LIMIT) == {
        2025: 4.0, 2030: 3.0, 2035: 2.0,
    }  # fmt: skip


def test_a_limit_of_single_years_holds_in_them_only() -> None:
    assert values(table("only", (2025, 5.0)), LIMIT) == {2025: 5.0}


def test_series_do_not_mix() -> None:
    data = pd.concat([table("linear", (2020, 0.0), (2030, 10.0)),
                      table("hold", (2025, 1.0)).assign(name="b")], ignore_index=True)  # fmt: skip
    found = filled(data, ["name"], YEARS)
    names = data["name"].to_numpy()[found["row"].to_numpy()]
    assert found["value"][names == "b"].tolist() == [1.0] * 4
    assert found["value"][names == "a"].tolist() == [0.0, 5.0, 10.0, 10.0]


def test_an_empty_table_stays_empty() -> None:
    data = table("").astype({"period": "int64", "amount": float})
    assert len(filled(data, ["name"], YEARS)) == 0
    assert missing_years(data, ["name"], YEARS) == {}
