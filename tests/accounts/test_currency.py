"""Money of imported data bears its own name, and its numbers are not turned into 亿元."""

from dataclasses import replace

import pytest

from carbonpath.accounts import INDICATORS, Accounts
from carbonpath.accounts.contrast import facts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import unit_text
from carbonpath.accounts.prices import small_price, words
from carbonpath.cli import batch
from carbonpath.export import iamc
from carbonpath.export.headings import headings
from carbonpath.inputs.dataset import Dataset
from carbonpath.report.briefing import cost_sentence
from carbonpath.results.results import Results
from tests.accounts.made import made_results

EURO = Currency("百万欧元", "million EUR")


def foreign() -> Results:
    results = made_results()
    named = results.dataset.assign_attrs(currency_zh=EURO.zh, currency_en=EURO.en)
    return replace(results, dataset=named)


@pytest.mark.parametrize(
    ("given", "money"),
    [
        ({}, ("", "")),
        ({"currency": "CNY_2020"}, ("", "")),
        ({"currency": "USD 2015"}, ("USD 2015", "USD 2015")),
        ({"currency": {"zh": "欧元", "en": "EUR"}}, ("欧元", "EUR")),
        ({"currency": {"en": "EUR"}}, ("EUR", "EUR")),
    ],
)
def test_a_dataset_names_its_money(given: dict[str, object], money: tuple[str, str]) -> None:
    assert Dataset.model_validate({"base_year": 2020, **given}).money == money


def test_indicators_are_in_the_money_of_the_run() -> None:
    """Cost stays as it is; a price per tonne becomes one per Mt, a thousandth of the number."""
    home, other = Accounts(made_results()), Accounts(foreign())
    assert home["cost_by_part"].attrs["unit"] == "bn CNY_2020"
    assert other["cost_by_part"].attrs["unit"] == "million EUR"
    assert float(other["cost_by_part"].sum()) == float(home["cost_by_part"].sum())
    assert other["carbon_price"].attrs["unit"] == "million EUR/Mt"
    assert float(other["carbon_price"].max()) == pytest.approx(
        float(home["carbon_price"].max()) / 1000.0
    )
    assert other["electricity_price"].attrs["unit"] == "million EUR/PJ"
    assert all(EURO.unit(one.unit)[1] > 0 for one in INDICATORS.values())


def test_no_sentence_says_yuan() -> None:
    home, other = cost_sentence(Accounts(made_results())), cost_sentence(Accounts(foreign()))
    assert "亿元" in home["zh"]
    assert "bn CNY" in home["en"]
    assert "百万欧元" in other["zh"]
    assert "million EUR" in other["en"]
    assert not {"亿元", "CNY"} & {word for word in ("亿元", "CNY") if word in str(other)}


def test_prices_are_per_unit_of_the_model() -> None:
    assert small_price(2.0, "Mt", EURO) == (2.0, "million EUR/Mt")
    assert words(2.0, "million EUR/Mt", "<=", met=True, money=EURO) == (
        "放宽 1 Mt 可节省 2 百万欧元",
        "allowing one more Mt would save 2 million EUR",
    )


def test_abatement_is_per_megatonne() -> None:
    home, other = Accounts(made_results()), Accounts(foreign())
    assert facts(home).cost == facts(other).cost


def test_exports_name_it() -> None:
    units = set(iamc.table([foreign()], "m")["unit"])
    assert {"million EUR/yr", "million EUR/Mt"} <= units
    assert not {unit for unit in units if unit.startswith(("billion CNY", "CNY"))}
    assert headings(["objective"], EURO)[:2] == [
        ["目标函数（百万欧元）"],
        ["objective, million EUR"],
    ]


def test_the_terminal_names_it() -> None:
    """A batch of one money has it in the head; of several, beside each number."""

    def line(name: str, money: str) -> dict[str, object]:
        return {"id": name, "status": "optimal", "exit_code": 0, "total_cost": 12.0, "targets": [],
                "results": "r", "currency": {"zh": money, "en": money}}  # fmt: skip

    same = batch.overview([line("a", "EUR"), line("b", "EUR")])
    assert "cost EUR" in same
    mixed = batch.overview([line("a", "EUR"), line("b", "CNY_2020")])
    assert "12 EUR" in mixed
    assert "120 亿元" in mixed


def test_money_without_a_name_is_that_of_the_source() -> None:
    assert unit_text("money of the source/Mt") == {
        "zh": "数据来源的货币/Mt", "en": "money of the source/Mt",
    }  # fmt: skip
