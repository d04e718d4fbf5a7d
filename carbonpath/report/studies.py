"""What solving again has shown, in a table: wedges with what belongs to each policy; methods."""

from collections.abc import Mapping

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Text, text
from carbonpath.report.briefing import heading
from carbonpath.report.markup import Cell, Speaker
from carbonpath.report.style import number
from carbonpath.results.results import Results, Study

OF_MONEY = {"wedges": text("政策贡献", "Wedges"), "macc": text("减排成本", "Abatement cost")}
NEAR_OPTIMAL = {"alternatives": text("近优区间", "Near-optimal ranges")}


def studies(accounts: Accounts, speaker: Speaker) -> str:
    """Return the table of wedges and how each study was made; nothing where there is none."""
    results = accounts.results
    made = ""
    if "wedges" in results.studies:
        made += heading(speaker, "政策贡献表", "Policies: effect and cost")
        made += wedge_table(results.studies["wedges"], results, speaker)
    return made + methods(results, OF_MONEY, speaker)


def methods(results: Results, names: Mapping[str, Text], speaker: Speaker) -> str:
    """Return how the studies of a part were made; nothing where there is none."""
    told = [method(names[name], results.studies[name]) for name in names if name in results.studies]
    return speaker.items(told) if told else ""


def method(name: Text, study: Study) -> Text:
    """Return how a study was made."""
    facts = study.facts
    against = facts.get("baseline", "")
    zh = f"{name['zh']}：{facts['method']['zh']}（{facts['slices']} 时段，{facts['quantity']}"
    en = f"{name['en']}: {facts['method']['en']} ({facts['slices']} slices, {facts['quantity']}"
    if against:
        zh, en = f"{zh}，基准情景 {against}", f"{en}, baseline {against}"
    return text(f"{zh}）", f"{en})")


def wedge_table(study: Study, results: Results, speaker: Speaker) -> str:
    """Return a line for each policy: what belongs to it, CO2 avoided, cost."""
    labels, money = limit_labels(results), Currency.of(results)
    rows: list[list[Cell]] = []
    for key, part in study.table.groupby("policy", sort=False):
        values = part.set_index("measure")[["alone", "last"]]
        names = [labels.get(name, text(name, name)) for name in study.facts["parts"].get(key, [])]
        said = text(
            "；".join(dict.fromkeys(one["zh"] for one in names)),
            "; ".join(dict.fromkeys(one["en"] for one in names)),
        )
        first = part.iloc[0]
        rows.append([
            text(str(first["zh"]), str(first["en"])), said,
            span(*values.loc["cumulative"]), span(*(money.shown * values.loc["cost"])),
        ])  # fmt: skip
    head: list[Cell] = [
        text("政策", "Policy"), text("包含", "Consists of"),
        text("全期减排量（百万吨）", "CO2 avoided, horizon (Mt)"),
        text(f"全期成本（{money.page[0]}，贴现）", f"Cost, horizon ({money.page[1]}, discounted)"),
    ]  # fmt: skip
    return speaker.table(head, rows, words=2)


def limit_labels(results: Results) -> dict[str, Text]:
    """Return the names of limits in both languages."""
    table = results.tables.get("limits", pd.DataFrame(columns=["id", "label_zh", "label_en"]))
    return {
        str(row["id"]): text(
            str(row["label_zh"] or row["id"]), str(row["label_en"] or row["label_zh"] or row["id"])
        )
        for row in table.to_dict("records")
    }


def span(alone: float, last: float) -> str:
    """Return a range from alone to last, one number where both are the same."""
    first, second = number(alone), number(last)
    return first if first == second else f"{first} … {second}"
