"""What is imported as it stands although it may be a slip, or that the data leave open."""

from carbonpath.inputs.foreign.folder import APPROXIMATED
from carbonpath.inputs.foreign.osemosys.frame import ROUNDING, USUAL_RATE, Frame

PROFILE = "SpecifiedDemandProfile"


def doubts(frame: Frame) -> None:
    """Tell of capacity factors above one, open rates, uneven profiles and negative costs."""
    _above_one(frame)
    _open_rates(frame)
    _profiles(frame)
    _negative(frame)


def _above_one(frame: Frame) -> None:
    given = frame.values.given("CapacityFactor")
    for (_, t, s, year), value in given.items():
        if value > 1 + ROUNDING:
            frame.draft.tell(
                "CapacityFactor", APPROXIMATED,
                f"{t} in {s} of {year} is {value:g}, above 1: taken as it is; if it is a "
                "percentage, divide by 100",
            )  # fmt: skip
            return


def _open_rates(frame: Frame) -> None:
    values = frame.values
    for name, kind, rate in (
        ("DiscountRate", "", f"{USUAL_RATE:g}"), ("DiscountRateStorage", "STORAGE", "DiscountRate"),
    ):  # fmt: skip
        members = len(values.members("REGION")) * (len(values.members(kind)) if kind else 1)
        if name not in values.data.defaults and len(values.given(name)) < members:
            frame.draft.tell(name, APPROXIMATED, f"not given for all: {rate} is taken")


def _profiles(frame: Frame) -> None:
    """The formulation takes a profile as it is; so is it here."""
    values = frame.values
    for r, fuel, year in values.keys("SpecifiedAnnualDemand", (0, 1, 2)):
        slices = values.members("TIMESLICE")
        total = sum(values.at(PROFILE, r, fuel, s, year) for s in slices)
        if abs(total - 1) > ROUNDING**0.5:
            frame.draft.tell(
                PROFILE, APPROXIMATED,
                f"{fuel} in {year}: adds up to {total:.6g}; demand is that part of "
                "SpecifiedAnnualDemand, as in the formulation",
            )  # fmt: skip
            return


def _negative(frame: Frame) -> None:
    given = frame.values.given("VariableCost")
    found = dict.fromkeys(t for (_, t, _, _), value in given.items() if value < 0)
    if found:
        frame.draft.tell(
            "VariableCost", APPROXIMATED,
            f"below zero for {', '.join(found)}: earnings count in full; the long form of the "
            "formulation lets the variable cost of a technology and year not fall below zero",
        )  # fmt: skip
