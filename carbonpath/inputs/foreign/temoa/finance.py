"""Loans of a Temoa database, and what a survival curve changes in their worth."""

from dataclasses import dataclass

from carbonpath.inputs.foreign.temoa.processes import Process, Processes
from carbonpath.system.finance import annuity, present_worth


@dataclass(frozen=True)
class Terms:
    """On what terms an investment is paid: the loan, the social rate, the year after the end."""

    loan_rate: float
    loan_life: float
    discount_rate: float
    end: int


def survival_factor(processes: Processes, process: Process, terms: Terms) -> float:
    """By what a survival curve multiplies the cost of an investment within the horizon.

    The worth of a loan is spread over the capacity that survives in each year, and counts for the
    years within the horizon: (sum of what survives there, discounted) / (sum over all years),
    against an even spread over the lifetime.
    """
    curve = processes.curves.get(process)
    if not curve:
        return 1.0
    rate, vintage, life = terms.discount_rate, process[2], processes.lifetime(process)
    worth = {year: share * (1 + rate) ** -(year - vintage + 1) for year, share in curve.items()}
    within = sum(value for year, value in worth.items() if year < terms.end)
    even = annuity(rate, life) * present_worth(rate, min(life, terms.end - vintage))
    return within / sum(worth.values()) / even
