"""Cells: which texts are numbers, and how to mend the others."""

import pandas as pd
import pytest

from carbonpath.inputs.cells import number_remedy, numbers


def test_plain_numbers_are_numbers_and_nothing_else() -> None:
    good = ["1", "-1.5", "+2", ".5", "3.", "1e3", "2E-4", ""]
    bad = [
        "1,200",
        "１２",
        "12%",
        "NaN",
        "inf",
        "1e999",
        "1.2万",
        "0x1F",
        "1 2",
        "١٢",
        "TRUE",
        "1_0",
    ]
    values, wrong = numbers(pd.Series(good + bad, dtype=object))
    assert values[:7].tolist() == [1, -1.5, 2, 0.5, 3, 1000, 2e-4]
    assert wrong.tolist() == [False] * len(good) + [True] * len(bad)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1，200", "write 1200"),
        ("—", "leave the row out if there is no value"),
        ("-inf", "leave the row out: without a row there is no limit"),
        ("3.5亿", "write 350000000"),
        ("≈3", "write 3; a direction belongs in 'sense', a doubt in 'note'"),
        ("“12”", "write 12 without quotes"),
        ("12 GW", "write 12 and put the unit in the column of units"),
        ("twelve", "write a plain number, e.g. 1200 or 1.2e3"),
    ],
)
def test_remedies_say_what_to_write(text: str, remedy: str) -> None:
    assert number_remedy(text) == remedy
