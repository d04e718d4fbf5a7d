"""Exogenous emissions, and limits on emissions of a year and of the whole horizon.

The formulation keeps two accounts: those of a year hold AnnualExogenousEmission, those of the
horizon ModelPeriodExogenousEmission. Here both are constant terms of the emissions of a technology
that does nothing else. What the horizon's account has beyond the sum of the years' is spread evenly
over the years; limits of a year leave it out, and limits of the horizon without an account of their
own leave out the years'. Reports show both.
"""

from dataclasses import dataclass

from carbonpath.inputs.foreign.folder import APPROXIMATED, Names
from carbonpath.inputs.foreign.osemosys.frame import Frame
from carbonpath.inputs.foreign.osemosys.values import ByYear

YEARLY, WHOLE = "AnnualExogenousEmission", "ModelPeriodExogenousEmission"


@dataclass(frozen=True)
class Outside:
    """The exogenous emissions of one kind in one region: by year, and the rest of the horizon."""

    yearly: ByYear
    rest: ByYear

    @property
    def has_rest(self) -> bool:
        """Whether the horizon has an account of its own."""
        return any(self.rest.values())


def emissions(frame: Frame) -> None:
    """Add exogenous emissions and the limits."""
    values, names = frame.values, Names(frame.technologies.values())
    for e in values.members("EMISSION"):
        found = {r: outside(frame, r, e) for r in values.members("REGION")}
        commodity = frame.commodities["EMISSION", e]
        yearly = _technology(
            frame, names.id(f"exogenous_{commodity}"), e, {r: o.yearly for r, o in found.items()}
        )
        rest = _technology(
            frame, names.id(f"exogenous_{commodity}_of_horizon"), e,
            {r: o.rest for r, o in found.items()},
        )  # fmt: skip
        for r, own in found.items():
            if running := _emitting(frame, r, e):
                _limits_of_years(frame, r, e, [*running, *yearly] if rest else None)
                apart = any(own.yearly.values()) and not own.has_rest
                _limit_of_horizon(frame, r, e, [*running, *rest] if apart else None)


def outside(frame: Frame, r: str, e: str) -> Outside:
    """Return the exogenous emissions of both accounts."""
    values = frame.values
    yearly, total = values.yearly(YEARLY, r, e), values.at(WHOLE, r, e)
    share = (total - sum(yearly.values())) / len(yearly) if total else 0.0
    if share:
        frame.draft.tell(
            WHOLE, APPROXIMATED,
            f"{e} of {r}: {share:g} a year beyond {YEARLY}, evenly; limits of a year leave it out, "
            "so that the optimum is exact",
        )  # fmt: skip
    return Outside(yearly, dict.fromkeys(yearly, share))


def _technology(frame: Frame, name: str, e: str, by_region: dict[str, ByYear]) -> list[str]:
    """Add a technology that emits and does nothing else; return its name, if it emits."""
    if not any(v for series in by_region.values() for v in series.values()):
        return []
    frame.draft.add(
        "technologies", technology=name, role="conversion", group="exogenous",
        time_level="annual", activity_unit="PJ", label_zh=f"外生排放 {e}",
        label_en=f"exogenous emission of {e}",
    )  # fmt: skip
    for r, series in by_region.items():
        if any(series.values()):
            frame.draft.series(
                "parameters", series, technology=name, region=frame.region(r),
                parameter="exogenous_emission", commodity=frame.commodities["EMISSION", e],
                unit="Mt",
            )  # fmt: skip
    return [name]


def _emitting(frame: Frame, r: str, e: str) -> list[str]:
    """Return the technologies that emit by running in a region; without any nothing is limited."""
    keys = frame.values.keys("EmissionActivityRatio", (0, 1, 2))
    found = dict.fromkeys(t for region, t, emission in keys if (region, emission) == (r, e))
    return [frame.technologies["TECHNOLOGY", t] for t in found]


def _cells(frame: Frame, r: str, e: str, makers: list[str] | None) -> dict[str, str]:
    """Return what the limits of an emission have in common; without makers, all are meant."""
    return {
        "quantity": "emissions", "commodity": frame.commodities["EMISSION", e],
        "region": frame.region(r), "technology": "|".join(makers or ()), "sense": "<=",
        "unit": "Mt",
    }  # fmt: skip


def _limits_of_years(frame: Frame, r: str, e: str, makers: list[str] | None) -> None:
    """Add the limit of each year that has one."""
    cells = _cells(frame, r, e, makers)
    for year, value in frame.values.limits("AnnualEmissionLimit", r, e).items():
        frame.draft.add(
            "limits", id=f"limit-{frame.tail(e, r)}", **cells, between="only", period=year,
            value=value,
        )  # fmt: skip


def _limit_of_horizon(frame: Frame, r: str, e: str, makers: list[str] | None) -> None:
    """Add the limit of the horizon, if there is one."""
    total = frame.values.limit("ModelPeriodEmissionLimit", r, e)
    if total is not None:
        cells = _cells(frame, r, e, makers)
        frame.draft.add(
            "limits", id=f"total-{frame.tail(e, r)}", **cells, between="total", value=total
        )
