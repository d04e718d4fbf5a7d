"""May a run be relied on: validated, a draft, or with a result that is not proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from carbonpath.accounts import Accounts
from carbonpath.accounts.calibration import calibrated
from carbonpath.accounts.labels import Text, text
from carbonpath.accounts.verify import failures
from carbonpath.report.markup import Speaker

PROVEN = "optimal"
Grade = Literal["validated", "draft", "unproven"]
GRADES: tuple[Grade, ...] = ("validated", "draft", "unproven")
"""From best to worst."""


@dataclass(frozen=True)
class Standing:
    """How far a run may be relied on, and what speaks against it."""

    grade: Grade
    reasons: tuple[Text, ...] = ()


def standing(accounts: Accounts) -> Standing:
    """Return the standing of a run.

    Unproven: not solved to the optimum, or an identity fails. Draft: nothing to compare the base
    year with, a row of the calibration out of its tolerance, or warnings. Validated: none of these.
    """
    results = accounts.results
    status = str(results.manifest.get("status") or results.dataset.attrs.get("status", ""))
    if status != PROVEN:
        return Standing("unproven", (text(f"求解状态 {status}", f"solver status {status}"),))
    broken = len(accounts.once(failures))
    if broken:
        return Standing(
            "unproven", (text(f"{broken} 项恒等式不成立", f"{broken} identities fail"),)
        )
    reasons = tuple(doubts(accounts))
    return Standing("draft" if reasons else "validated", reasons)


def doubts(accounts: Accounts) -> list[Text]:
    """Return what keeps a proven run from being validated."""
    found = []
    table = calibrated(accounts)
    outside = int((~table["within"].astype(bool)).sum())
    if not len(table):
        found.append(text("基年未与统计核对", "base year not compared with statistics"))
    if outside:
        said = f"{outside} of {len(table)} calibration rows out of tolerance"
        found.append(text(f"校准 {len(table)} 行中 {outside} 行超出容差", said))
    warnings = len(accounts.results.manifest.get("warnings") or [])
    if warnings:
        found.append(text(f"输入警告 {warnings} 条", f"{warnings} warnings about inputs"))
    return found


def together(found: Sequence[Standing]) -> Standing:
    """Return the standing of several runs: that of the weakest."""
    worst = max(found, key=lambda one: GRADES.index(one.grade))
    reasons = {
        one["en"]: one for each in found if each.grade == worst.grade for one in each.reasons
    }
    return Standing(worst.grade, tuple(reasons.values()))


SAID = {
    "validated": text("✔ 已验证：最优、恒等式成立、基年与统计相符",
                      "✔ validated: optimal, identities hold, base year agrees with statistics"),
    "draft": text("▲ 草稿", "▲ draft"),
    "unproven": text("✘ 含未证实结果", "✘ contains unproven results"),
}  # fmt: skip
CSS = {"validated": "good", "draft": "tight", "unproven": "bad"}


def standing_text(found: Standing) -> Text:
    """Return the standing in words, with its reasons."""
    said = SAID[found.grade]
    if not found.reasons:
        return said
    zh = "；".join(one["zh"] for one in found.reasons)
    en = "; ".join(one["en"] for one in found.reasons)
    return text(f"{said['zh']}：{zh}", f"{said['en']}: {en}")


def banner(found: Standing, speaker: Speaker) -> str:
    """Return the standing as HTML: symbol, word and colour."""
    return f'<span class="banner {CSS[found.grade]}">{speaker(standing_text(found))}</span>'
