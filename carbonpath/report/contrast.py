"""The page of several pathways: who meets what, what differs, at what cost, from which inputs."""

import html
from collections.abc import Sequence
from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.errors import InputError
from carbonpath.report import alldata
from carbonpath.report.briefing import heading
from carbonpath.report.contrast_figures import (
    OVERLAYS,
    TINTS,
    Pathway,
    areas,
    discounted_cost,
    mix,
    multiples,
    overlays,
    parts,
    plants,
)
from carbonpath.report.contrast_tables import (
    assumption_table,
    difference_table,
    fact_table,
    heat_table,
    score_table,
)
from carbonpath.report.document import Head, assemble
from carbonpath.report.markup import Cell, Language, Speaker
from carbonpath.report.naming import title_of
from carbonpath.report.page import switches
from carbonpath.report.parts import body, contents
from carbonpath.report.places import Drawn, charts_html, switch
from carbonpath.report.standing import banner, standing, together
from carbonpath.results.results import Results

VIEW_NAMES = {
    "level": text("水平", "Level"),
    "difference": text("差值 Δ", "Difference Δ"),
    "percent": text("百分比 %", "Per cent"),
}
MOST = 12
"""Pathways on one page: more can be neither coloured apart nor read."""
FACTS = ("dataset_hash", "model_hash", "inputs_hash", "solved_at", "status")


def write_comparison(
    runs: Sequence[Results],
    *,
    baseline: str = "",
    problems: Sequence[Text] = (),
    language: Language = "both",
    plain: bool = False,
) -> bytes:
    """Return one page about several runs; `problems` say why they should not be compared."""
    return compose(runs, "", baseline, problems, language, plain)[0]


def compose(
    runs: Sequence[Results],
    beside: str,
    baseline: str,
    problems: Sequence[Text],
    language: Language,
    plain: bool,
) -> tuple[bytes, bool]:
    """Return the page, and whether all data are to lie beside it in the file of that name.

    They are part of the page where they are small or no name is given.
    """
    pathways = pathways_of(runs, baseline)
    namer, speaker = Namer(pathways[0].accounts.results), Speaker(language)
    drawn = draw(pathways, namer, plain)
    inner = {name: charts_html(found, speaker) for name, found in drawn.items()}
    inner["briefing"] = first_sheet(pathways, problems, speaker)
    inner["compare"] = compare_part(pathways, namer, speaker)
    inner["trust"] = trust_table(pathways, speaker)
    packed = alldata.archive([one.accounts for one in pathways])
    large = bool(beside) and len(packed) > alldata.MOST
    head = Head(
        text("路径比较", "Comparison of pathways"),
        " · ".join(html.escape(one.id) for one in pathways),
        standing_of(pathways, problems, speaker),
        contents(inner, speaker),
        controls(pathways, speaker),
        alldata.all_data(packed, "carbonpath", speaker, beside if large else ""),
    )
    figures = [one for charts in drawn.values() for chart in charts for one in chart.figures]
    page = assemble(head, body(inner, speaker), figures, speaker, plain=plain)
    return page.encode(), large


def pathways_of(runs: Sequence[Results], baseline: str) -> list[Pathway]:
    """Return the pathways with the baseline first, each with a name and a colour of its own."""
    ids = [results.id for results in runs]
    if baseline and baseline not in ids:
        raise InputError(f"the baseline {baseline!r} is not among {', '.join(ids)}", code="E712")
    if not 1 < len(runs) <= MOST:
        raise InputError(
            f"a comparison shows 2 to {MOST} results, {len(runs)} were given", code="E713"
        )
    first = ids.index(baseline) if baseline else 0
    order = [runs[first], *runs[:first], *runs[first + 1 :]]
    titles = [title_of(results) for results in order]
    told = [(said["zh"], said["en"]) for said in titles]
    return [
        Pathway(Accounts(results), name_of(results, said, told), tint)
        for results, said, tint in zip(order, titles, TINTS, strict=False)
    ]


def name_of(results: Results, said: Text, told: Sequence[tuple[str, str]]) -> Text:
    """Return the title of a pathway, with its id where two have the same title."""
    if told.count((said["zh"], said["en"])) == 1:
        return said
    return text(f"{said['zh']}（{results.id}）", f"{said['en']} ({results.id})")


def draw(pathways: Sequence[Pathway], namer: Namer, plain: bool) -> dict[str, list[Drawn]]:
    """Draw the figures of each section."""
    shared = text(
        "纵轴相同；切换可看与基准之差。", "One axis for all; the switch shows differences."
    )
    small = [
        ("emissions", "co2", text("分领域二氧化碳（直接）", "CO2 by area (direct)"),
         multiples("co2_by_area", "sector", pathways, areas(namer))),
        ("energy", "mix", text("能源消费结构（等价值）", "Energy mix (coal equivalent)"),
         multiples("energy_by_fuel", "fuel", pathways, mix(namer))),
        ("power", "generation", text("省内发电结构", "Generation in the province"),
         multiples("generation_by_type", "group", pathways, plants(namer))),
        ("power", "capacity", text("电力装机结构", "Power capacity"),
         multiples("capacity_by_type", "group", pathways, plants(namer))),
        ("areas", "final", text("分领域终端能源", "Final energy by area"),
         multiples("final_energy_by_area", "sector", pathways, areas(namer))),
        ("money", "cost", text("年度成本构成", "Yearly cost by part"),
         multiples("cost_by_part", "part", pathways, parts(namer))),
    ]  # fmt: skip
    found = {name: overlays(name, pathways, namer) for name in OVERLAYS}
    for name, key, title, figures in small:
        found[name].append(Drawn(f"multiples-{key}", title, shared, figures))
    whole = text(
        "全期各年成本按社会折现率贴现，不含罚金；百分比以基准总成本为100。",
        "All years at the social discount rate, without penalties; per cent of the whole cost of "
        "the baseline.",
    )
    total = discounted_cost(pathways, namer)
    found["money"].insert(0, Drawn("cost-discounted", total.title, whole, [total], kept=True))
    return {name: [placed(one, plain) for one in charts] for name, charts in found.items()}


def placed(drawn: Drawn, plain: bool) -> Drawn:
    """Return a chart whose figures have ids of the page; a plain page keeps all tables."""
    figures = [replace(one, id=f"f-{one.id}") for one in drawn.figures]
    return replace(drawn, figures=figures, kept=drawn.kept or plain)


def first_sheet(pathways: Sequence[Pathway], problems: Sequence[Text], speaker: Speaker) -> str:
    """Return facts and scorecard, and before all why the runs should not be compared."""
    told = ""
    margins = text(
        "每格：结果、模型值、方括号内为余量（负为差距）；要求不同者注于圆括号。",
        "Each cell: verdict, value, in square brackets the margin (negative: short by); where a "
        "pathway asks for something else, that in brackets.",
    )
    if problems:
        said = text("这些结果本不可比：", "These results are not comparable:")
        listed = speaker.items(list(problems))
        told = f'<div class="mismatch"><b>{speaker(said)}</b>{listed}</div>'
    return (
        told
        + heading(speaker, "各路径一览", "The pathways")
        + fact_table(pathways, speaker)
        + heading(speaker, "目标记分卡（未达标在前）", "Target scorecard (missed first)")
        + f'<p class="question">{speaker(margins)}</p>'
        + score_table(pathways, speaker)
    )


def compare_part(pathways: Sequence[Pathway], namer: Namer, speaker: Speaker) -> str:
    """Return the heatmap, the table of differences and the inputs that differ."""
    said = text(
        "底色由浅至深：该行最小至最大。",
        "The shade runs from the least to the greatest of the row.",
    )
    points = text(
        "份额之差以百分点计；括号内为相对基准的百分比。",
        "Shares differ in percentage points; in brackets per cent of the baseline.",
    )
    return (
        heading(speaker, "指标热力表", "Heatmap of indicators")
        + f'<p class="question">{speaker(said)}</p>'
        + heat_table(pathways, speaker)
        + heading(speaker, "与基准之差", "Difference from the baseline")
        + f'<p class="question">{speaker(points)}</p>'
        + difference_table(pathways, speaker)
        + heading(speaker, "假设差异", "Assumptions that differ")
        + assumption_table(pathways, namer, speaker)
    )


def trust_table(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return which data and which version each result comes from."""
    rows: list[list[Cell]] = [
        [one.name, one.id, *[fact(one.accounts.results, name) for name in FACTS]]
        for one in pathways
    ]
    head: list[Cell] = [
        text("路径", "Pathway"), text("编号", "Id"), text("数据", "Data"), text("模型", "Model"),
        text("输入", "Inputs"), text("求解时间", "Solved"), text("状态", "Status"),
    ]  # fmt: skip
    return speaker.table(head, rows, words=len(head))


def fact(results: Results, name: str) -> str:
    """Return a fact of the manifest, hashes and times shortened."""
    return str(results.manifest.get(name, ""))[: 19 if name == "solved_at" else 12]


def standing_of(pathways: Sequence[Pathway], problems: Sequence[Text], speaker: Speaker) -> str:
    """Return whether the comparison may be relied on: it is as good as its weakest run."""
    if problems:
        said = text("✘ 结果不可比", "✘ results not comparable")
        return f'<span class="banner bad">{speaker(said)}</span>'
    return banner(together([standing(one.accounts) for one in pathways]), speaker)


def controls(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return the switches of the page: language, unit, view, and each pathway on or off."""
    toggles = "".join(
        f'<button type="button" aria-pressed="true" data-pathway-toggle="{at}">'
        f'<i style="--tint:{one.tint}"></i>{speaker(one.name)}</button>'
        for at, one in enumerate(pathways)
    )
    said = speaker.plain(text("显示的路径", "Pathways shown"))
    views = switch("view", VIEW_NAMES, speaker, text("视图", "View"))
    chosen = f'<span class="switch pathways" role="group" aria-label="{said}">{toggles}</span>'
    return switches(speaker) + views + chosen
