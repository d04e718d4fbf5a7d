"""Reserves: firm capacity beyond what is produced in every time slice."""

from carbonpath.model.declare import constraint


@constraint(over="reserved_slices", unit="act")
def capacity_covers_reserve(x, d, r, p, s):
    """In every time slice firm capacity could make what is produced, and the reserve above it.

    node_share[s] * reserve_supply[r,p] >=
        sum over c of reserve_requirement[r,c,p] * gross_output[r,c,p,s]

    Example: 10 PJ in half a year and a requirement of 1.2: capacity for 24 PJ a year.
    """
    wanted = sum(
        d.reserve_requirement[r, c, p] * x.gross_output[r, c, p, s] for c in d.reserved[r, p, s]
    )
    return d.node_share[s] * x.reserve_supply[r, p] >= wanted
