"""The first sheet: is it valid, which targets are met, what it costs, what would change that."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.costs import total_cost, total_cost_social
from carbonpath.accounts.labels import Namer, Text, text, unit_text
from carbonpath.accounts.limits import text as plain
from carbonpath.accounts.peak import peak_of
from carbonpath.accounts.prices import penalty_years
from carbonpath.accounts.scorecard import scorecard
from carbonpath.report.markup import Cell, Raw, Speaker
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
MOST = 3
"""Sentences at most about missed targets, and about what would change the answer."""
YI_PER_BN = 10.0
"""1 billion is 10 times 1e8 (亿)."""


def briefing(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the HTML of the first sheet."""
    card = scorecard(accounts.results)
    years = [year for year in YEARS if year in accounts.results.periods]
    parts = [
        f'<div class="headlines">{headline_list(accounts, card, speaker)}</div>',
        heading(speaker, "目标记分卡", "Target scorecard"),
        score_table(card, namer, speaker),
        '<div class="columns"><div>',
        heading(speaker, "关键指标", "Key figures"),
        key_table(accounts, speaker, years),
        "</div><div>",
        heading(speaker, "各领域应减百万吨（直接排放）", "Megatonnes due from each area (direct)"),
        area_table(accounts, namer, speaker, years),
        heading(speaker, "什么会改变结论", "What would change the answer"),
        speaker.items(list(levers(card)) or [text("没有起约束的目标。", "No target binds.")]),
        "</div></div>",
    ]
    return "".join(parts)


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


def sign(row: dict[Any, Any]) -> str:
    """Return the sense of a target as it is printed."""
    return {">=": "≥", "<=": "≤"}.get(str(row["sense"]), "=")


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
    own = total_cost(accounts.results) * YI_PER_BN
    social = total_cost_social(accounts.results)
    cost = own if social is None else social * YI_PER_BN
    rate = ("", "") if social is None else social_words(own)
    share = accounts["cost_share_of_gdp"]
    period = 2030 if 2030 in accounts.results.periods else accounts.results.periods[-1]  # noqa: PLR2004
    of_gdp = percent(float(share.sel(period=period)))
    first = accounts.results.periods[0]
    return text(
        f"贴现总成本 {number(cost, 4)} 亿元（{first}年价与现值，不含罚金{rate[0]}）；"
        f"{period}年成本相当于 GDP 的 {of_gdp}。",
        f"Discounted cost {number(cost / YI_PER_BN, 4)} bn CNY (prices and present value of "
        f"{first}, without penalties{rate[1]}); the cost of {period} equals {of_gdp} of GDP.",
    )


def social_words(own: float) -> tuple[str, str]:
    """Say at which rate investment is counted, and the cost at the rates of those who decide."""
    return (
        f"；投资按社会折现率，按决策者收益率为 {number(own, 4)}",
        f"; investment at the social rate, {number(own / YI_PER_BN, 4)} at the rates of investors",
    )


def verdict(row: dict[Any, Any]) -> Raw | Text:
    """Return symbol and word of a target, coloured besides."""
    if not row["met"]:
        return text("✘ 未达标", "✘ missed")
    if row["binding"]:
        return text("▲ 达标（起约束）", "▲ met, binding")
    return text("✔ 达标", "✔ met")


def score_table(card: pd.DataFrame, namer: Namer, speaker: Speaker) -> str:
    """Return the scorecard."""
    head: list[Cell] = [
        text("目标", "Target"), text("年份", "Year"), text("口径", "Regime"), text("类型", "Kind"),
        text("结果", "Verdict"), text("基年", "Base"), text("要求", "Required"),
        text("模型", "Model"), text("余量", "Margin"), text("单位", "Unit"),
        text("影子价格", "Shadow price"),
    ]  # fmt: skip
    if not len(card):
        return f"<p>{speaker(text('本情景没有目标。', 'This scenario has no targets.'))}</p>"
    rows: list[list[Cell]] = []
    for row in card.to_dict("records"):
        css = "missed" if not row["met"] else "tight" if row["binding"] else "met"
        said = f'<span class="{css}">{speaker(verdict(row))}</span>'
        rows.append(
            [
                text(plain(row["label_zh"]) or row["id"], plain(row["label_en"]) or row["id"]),
                years_of_target(row), plain(row["regime"]), namer(str(row["mode"])),
                Raw(said), number(row["base"]), f"{sign(row)} {number(row['target'])}",
                number(row["value"]), number(row["margin"]), unit_text(str(row["unit"])),
                short_price(row),
            ]
        )  # fmt: skip
    return speaker.table(head, rows, css="scorecard", words=5)


def years_of_target(row: dict[Any, Any]) -> str:
    """Return the year from which a target holds, and the worst year where that is another."""
    first, worst = row["year"], row["worst_year"]
    if first is None or first != first:
        return ""
    return f"{int(first)}" if first == worst or worst != worst else f"{int(first)} ({int(worst)})"


def short_price(row: dict[Any, Any]) -> Text:
    """Return the shadow price of a target in few words; all words are in the table of prices."""
    price = row["price"]
    if not plain(row["words_zh"]) or price is None or price != price or price == 0.0:
        return text("—", "—")
    of = str(row["price_unit"]).removeprefix("CNY/")
    amount = number(abs(price))
    penalty = ("" if row["met"] else "（=罚金）", "" if row["met"] else " (penalty)")
    return text(f"{amount} 元/{of}{penalty[0]}", f"{amount} CNY/{of}{penalty[1]}")


def key_table(accounts: Accounts, speaker: Speaker, years: list[int]) -> str:
    """Return the key figures of a few years."""
    rows: list[list[Cell]] = []
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
    table = speaker.table([text("指标", "Indicator"), *map(str, years)], rows, css="key")
    if not any("*" in str(cell) for row in rows for cell in row):
        return table
    said = text("* 含未达标软目标的罚金", "* contains the penalty of a missed soft target")
    return f'{table}<p class="note">{speaker(said)}</p>'


def area_table(accounts: Accounts, namer: Namer, speaker: Speaker, years: list[int]) -> str:
    """Return the change of direct CO2 of each area on the base year."""
    areas = accounts["co2_by_area"]
    first = accounts.results.periods[0]
    rows: list[list[Cell]] = []
    emitting = areas["sector"].values[(areas != 0.0).any("period").values]
    for area in (str(name) for name in emitting):
        line = areas.sel(sector=area)
        base = float(line.sel(period=first))
        changes = [signed(float(line.sel(period=y)) - base) for y in years if y != first]
        rows.append([namer(area), number(base), *changes])
    head: list[Cell] = [text("领域", "Area"), f"{first} (Mt)"]
    return speaker.table([*head, *[f"→{y}" for y in years if y != first]], rows)


def levers(card: pd.DataFrame) -> Iterator[Text]:
    """Return the targets with the highest price: what the answer depends on most."""
    if not len(card):
        return
    priced = card[card["price"].notna() & (card["price"].fillna(0.0).astype(float).abs() > 0.0)]
    order = priced["price"].astype(float).abs().sort_values(ascending=False).index
    for row in priced.loc[order].head(MOST + 2).to_dict("records"):
        words, when = short_price(row), int(row["price_year"])
        yield text(
            f"{plain(row['label_zh']) or row['id']}（{when}）：{words['zh']}",
            f"{plain(row['label_en']) or row['id']} ({when}): {words['en']}",
        )
