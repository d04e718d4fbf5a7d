"""The first sheet: is it valid, which targets are met, what it costs, what would change that."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.costs import total_cost, total_cost_social
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text, unit_text
from carbonpath.accounts.limits import text as plain
from carbonpath.accounts.peak import peak_of
from carbonpath.accounts.prices import penalty_years
from carbonpath.accounts.scorecard import scorecard
from carbonpath.report.levers import levers
from carbonpath.report.markup import Speaker
from carbonpath.report.score import score_table, sign
from carbonpath.report.style import number, percent, signed

YEARS = (2020, 2025, 2030, 2035, 2060)
KEY_FIGURES: tuple[tuple[str, dict[str, str], Text | None], ...] = (
    ("co2_by_scope", {"scope": "C1"}, text("二氧化碳（C1，含外来电）", "CO2 (C1, with imports)")),
    (
        "co2_by_scope", {"scope": "territorial_C1"},
        text("二氧化碳（C1，属地）", "CO2 (C1, territorial)"),
    ),
    (
        "carbon_intensity_change", {"scope": "C1"},
        text("单位GDP二氧化碳较基年（C1）", "CO2 per GDP on base year (C1)"),
    ),
    ("energy_consumption", {"regime": "R0"}, text("能源消费总量（R0）", "Energy consumption (R0)")),
    (
        "energy_intensity_change", {"regime": "R2"},
        text("单位GDP能耗较基年（R2）", "Energy per GDP on base year (R2)"),
    ),
    ("non_fossil_share", {}, None),
    ("coal_consumption", {}, None),
    ("self_sufficiency_share", {}, None),
    ("electricity_consumption", {}, None),
    ("electricity_import_share", {}, None),
    ("coal_power_share", {}, None),
    ("electrification_share", {}, None),
    ("electricity_price", {}, None),
    ("cost_share_of_gdp", {}, None),
)  # fmt: skip
"""Indicator, label picked, and its name here where the indicator's own is too long."""
SCORE_TITLE = text("目标记分卡", "Target scorecard")
KEY_TITLE = text("关键指标", "Key figures")
AREA_TITLE = text("各领域应减百万吨（直接排放）", "Megatonnes due from each area (direct)")
LEVERS_TITLE = text("什么会改变结论", "What would change the answer")
STARRED = text("* 含未达标软目标的罚金", "* contains the penalty of a missed soft target")
MOST = 3
"""Sentences at most about missed targets."""


def briefing(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the HTML of the first sheet."""
    card = accounts.once(scorecard)
    years = chosen_years(accounts)
    parts = [
        f'<div class="headlines">{headline_list(accounts, card, speaker)}</div>',
        f"<h3>{speaker(SCORE_TITLE)}</h3>",
        score_table(card, namer, speaker),
        '<div class="columns"><div>',
        f"<h3>{speaker(KEY_TITLE)}</h3>",
        key_table(accounts, speaker, years),
        "</div><div>",
        f"<h3>{speaker(AREA_TITLE)}</h3>",
        area_table(accounts, namer, speaker, years),
        '<div class="levers">',
        f"<h3>{speaker(LEVERS_TITLE)}</h3>",
        speaker.items(list(levers(accounts, namer))),
        "</div></div></div>",
    ]
    return "".join(parts)


def chosen_years(accounts: Accounts) -> list[int]:
    """Return the years of the key figures: the known ones, else the first and the last."""
    periods = accounts.results.periods
    return [year for year in YEARS if year in periods] or sorted({periods[0], periods[-1]})


def heading(speaker: Speaker, zh: str, en: str) -> str:
    """Return a small heading."""
    return f"<h3>{speaker(text(zh, en))}</h3>"


def headline_list(accounts: Accounts, card: pd.DataFrame, speaker: Speaker) -> str:
    """Return the sentences on top as a list, missed targets marked."""
    return (
        "<ul>"
        + "".join(
            f'<li class="{"bad" if one["zh"].startswith("✘") else "plain"}">{speaker(one)}</li>'
            for one in headlines(accounts, card)
        )
        + "</ul>"
    )


def headlines(accounts: Accounts, card: pd.DataFrame) -> Iterator[Text]:
    """Return the sentences on top: missed targets, the peak, the shares, the cost."""
    missed = card[~card["met"].astype(bool) & (card["mode"] != "track")].to_dict("records")
    followed = int((~card["met"].astype(bool) & (card["mode"] == "track")).sum())
    for row in missed[:MOST]:
        yield missed_sentence(row)
    more = len(missed) - MOST
    if more > 0:
        yield text(
            f"另有 {more} 项目标未达到，见记分卡。", f"{more} more targets are missed, see below."
        )
    if followed:
        yield text(
            f"{followed} 项仅跟踪、未作要求的目标未达到。",
            f"{followed} targets that are only tracked, not asked for, are not reached.",
        )
    if len(card) and not missed and not followed:
        yield text(f"全部 {len(card)} 项目标均达到。", f"All {len(card)} targets are met.")
    yield peak_sentence(accounts)
    yield share_sentence(accounts)
    yield cost_sentence(accounts)


def missed_sentence(row: dict[Any, Any]) -> Text:
    """Say which target is missed, by how much."""
    unit = unit_text(str(row["unit"]))
    value, target = number(row["value"]), number(row["target"])
    gap = number(abs(row["margin"]))
    name_zh = plain(row["label_zh"]) or row["id"]
    name_en = plain(row["label_en"]) or row["id"]
    year = span(row)
    return text(
        f"✘ 未达标：{year}年{name_zh}为 {value} {unit['zh']}，"
        f"目标 {sign(row)} {target} {unit['zh']}，差 {gap}。",
        f"✘ Missed: {name_en} {year} is {value} {unit['en']}, "
        f"target {sign(row)} {target} {unit['en']}, short by {gap}.",
    )


def span(row: dict[Any, Any]) -> str:
    """Return the worst year of a target."""
    worst = row["worst_year"]
    return str(int(worst)) if worst == worst and worst is not None else ""


def peak_sentence(accounts: Accounts) -> Text:
    """Say when CO2 peaks, with net imports and in the territory."""
    scopes = accounts["co2_by_scope"]
    whole, local = (peak_of(scopes.sel(scope=name)) for name in ("C1", "territorial_C1"))
    plateau = (
        (f"（{whole['plateau_from']}–{whole['plateau_to']}年为平台期）",
         f" (plateau {whole['plateau_from']}–{whole['plateau_to']})")
        if whole["plateau_from"] != whole["plateau_to"]
        else ("", "")
    )  # fmt: skip
    return text(
        f"二氧化碳（C1，含净外来电）于 {whole['year']} 年达峰，{number(whole['value'])} 百万吨"
        f"{plateau[0]}；属地排放于 {local['year']} 年达峰，{number(local['value'])} 百万吨。",
        f"CO2 (C1, with net imported electricity) peaks in {whole['year']} at "
        f"{number(whole['value'])} Mt{plateau[1]}; territorial CO2 peaks in {local['year']} at "
        f"{number(local['value'])} Mt.",
    )


def share_sentence(accounts: Accounts) -> Text:
    """Say how the non-fossil share and electrification go."""
    years = [y for y in (2020, 2025, 2030) if y in accounts.results.periods]
    shares = [percent(float(accounts["non_fossil_share"].sel(period=y))) for y in years]
    last = years[-1] if years else accounts.results.periods[-1]
    electric = percent(float(accounts["electrification_share"].sel(period=last)))
    zh = "、".join(f"{y}年 {share}" for y, share in zip(years, shares, strict=True))
    en = ", ".join(f"{share} in {y}" for y, share in zip(years, shares, strict=True))
    return text(
        f"非化石能源占比 {zh}；{last}年终端电气化率 {electric}。",
        f"Non-fossil share {en}; electricity is {electric} of final energy in {last}.",
    )


def cost_sentence(accounts: Accounts) -> Text:
    """Say what the pathway costs."""
    money = Currency.of(accounts.results)
    own = total_cost(accounts.results)
    social = total_cost_social(accounts.results)
    cost = own if social is None else social
    rate = ("", "") if social is None else social_words(own, money)
    share = accounts["cost_share_of_gdp"]
    period = 2030 if 2030 in accounts.results.periods else accounts.results.periods[-1]  # noqa: PLR2004
    of_gdp = percent(float(share.sel(period=period)))
    first = accounts.results.periods[0]
    return text(
        f"贴现总成本 {number(cost * money.shown, 4)} {money.page[0]}"
        f"（{first}年价与现值，不含罚金{rate[0]}）；"
        f"{period}年成本相当于 GDP 的 {of_gdp}。",
        f"Discounted cost {number(cost, 4)} {money.large} (prices and present value of "
        f"{first}, without penalties{rate[1]}); the cost of {period} equals {of_gdp} of GDP.",
    )


def social_words(own: float, money: Currency) -> tuple[str, str]:
    """Say at which rate investment is counted, and the cost at the rates of those who decide."""
    return (
        f"；投资按社会折现率，按决策者收益率为 {number(own * money.shown, 4)}",
        f"; investment at the social rate, {number(own, 4)} at the rates of investors",
    )


def key_rows(accounts: Accounts, years: Sequence[int]) -> list[list[str | Text]]:
    """Return the key figures of a few years: name with unit, then a cell for each year."""
    rows: list[list[str | Text]] = []
    for name, labels, own in KEY_FIGURES:
        values = accounts[name].sel(labels)
        said = own or text(values.attrs["long_name_zh"], values.attrs["long_name"])
        share = values.attrs["unit"] == "1"
        unit = unit_text("%" if share else str(values.attrs["unit"]))
        title = text(f"{said['zh']}（{unit['zh']}）", f"{said['en']} ({unit['en']})")
        factor = 100.0 if share else 1.0
        cells = [number(float(values.sel(period=y)) * factor) for y in years]
        if name == "electricity_price":
            starred = penalty_years(accounts.results)
            cells = [f"{c}*" if y in starred else c for c, y in zip(cells, years, strict=True)]
        rows.append([title, *cells])
    return rows


def key_table(accounts: Accounts, speaker: Speaker, years: Sequence[int]) -> str:
    """Return the key figures of a few years as HTML."""
    rows = key_rows(accounts, years)
    table = speaker.table([text("指标", "Indicator"), *map(str, years)], rows, css="key")
    if not any("*" in str(cell) for row in rows for cell in row):
        return table
    return f'{table}<p class="note">{speaker(STARRED)}</p>'


def area_rows(
    accounts: Accounts, namer: Namer, years: Sequence[int]
) -> tuple[list[str | Text], list[list[str | Text]]]:
    """Return head and rows of the change of direct CO2 of each area on the base year."""
    areas = accounts["co2_by_area"]
    first = accounts.results.periods[0]
    rows: list[list[str | Text]] = []
    emitting = areas["sector"].values[(areas != 0.0).any("period").values]
    for area in (str(name) for name in emitting):
        line = areas.sel(sector=area)
        base = float(line.sel(period=first))
        changes = [signed(float(line.sel(period=y)) - base) for y in years if y != first]
        rows.append([namer(area), number(base), *changes])
    head: list[str | Text] = [text("领域", "Area"), f"{first} (Mt)"]
    return [*head, *[f"→{y}" for y in years if y != first]], rows


def area_table(accounts: Accounts, namer: Namer, speaker: Speaker, years: Sequence[int]) -> str:
    """Return the change of direct CO2 of each area on the base year as HTML."""
    head, rows = area_rows(accounts, namer, years)
    return speaker.table(head, rows)
