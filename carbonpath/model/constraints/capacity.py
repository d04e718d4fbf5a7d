"""Standing capacity, its bounds, and how fast it may be added."""

from carbonpath.model.declare import constraint


@constraint(over="capacities", unit="cap")
def capacity_stands(x, d, r, t, v, p):
    """Capacity is the surviving stock and builds, less what was closed early.

    capacity[r,t,v,p] == existing[r,t,v,p]
        + sum over b of survival[r,t,b,p] * new_capacity[r,t,b] - retired_capacity[r,t,v,p]

    Example: 5 GW of stock left and 2 GW built whose last year is half the period: 6 GW.
    """
    built = sum(d.survival[r, t, b, p] * x.new_capacity[r, t, b] for b in d.builds_in[r, t, v, p])
    closed = sum(x.retired_capacity[r, t, b, p] for b in d.closable[r, t, v, p])
    return x.capacity[r, t, v, p] == d.existing[r, t, v, p] + built - closed


@constraint(over="closable_capacities", unit="cap")
def closed_capacity_stays_closed(x, d, r, t, v, p):
    """Capacity that may close early grows only by new builds, and by the stock of the first period.

    capacity[r,t,v,p] <= first_stock[r,t,v,p] + lasting[r,t,v,p] * (sum over q before of
        capacity[r,t,v,q]) + sum over b = p of new_capacity[r,t,b]

    Of a vintage that keeps its own, what is left shrinks as the whole vintage does.
    Example: half of it closed, half a period left to live: a quarter of what was built.
    """
    before = d.lasting[r, t, v, p] * sum(
        x.capacity[r, t, v, q] for q in d.capacity_before[r, t, v, p]
    )
    built = sum(x.new_capacity[r, t, b] for b in d.builds_now[r, t, v, p])
    return x.capacity[r, t, v, p] <= d.first_stock[r, t, v, p] + before + built


@constraint(over="lasting_capacities", unit="cap")
def unclosable_capacity_lasts(x, d, r, t, v, p):
    """In periods in which a vintage cannot be closed, all that came into them stays.

    capacity[r,t,v,p] >= first_stock[r,t,v,p] + lasting[r,t,v,p] * (sum over q before of
        capacity[r,t,v,q]) + sum over b = p of survival[r,t,b,p] * new_capacity[r,t,b]
    """
    before = d.lasting[r, t, v, p] * sum(
        x.capacity[r, t, v, q] for q in d.capacity_before[r, t, v, p]
    )
    built = sum(d.survival[r, t, b, p] * x.new_capacity[r, t, b] for b in d.builds_now[r, t, v, p])
    return x.capacity[r, t, v, p] >= d.first_stock[r, t, v, p] + before + built


@constraint(over="bounded_builds", unit="cap")
def additions_within_build_rate(x, d, r, t, p):
    """No more is added in a year than can be built.

    added_capacity[r,t,p] <= build_rate[r,t,p]
    """
    return x.added_capacity[r, t, p] <= d.build_rate[r, t, p]


@constraint(over="committed_builds", unit="cap")
def committed_capacity_is_added(x, d, r, t, p):
    """Committed projects are built.

    added_capacity[r,t,p] >= build_floor[r,t,p]
    """
    return x.added_capacity[r, t, p] >= d.build_floor[r, t, p]


@constraint(over="growing_builds", unit="cap")
def additions_grow_within_rate(x, d, r, t, p):
    """Yearly additions grow no faster than their rate, from a seed that is always possible.

    added_capacity[r,t,p] <= growth_factor[r,t,p] * sum over q before of added_capacity[r,t,q]
        + growth_allowance[r,t,p]

    Both are compounded over the years between the two periods.
    Example: 10 % and a seed of 1 GW over two years: 1.21 times the earlier addition plus 2.1 GW.
    """
    before = sum(x.added_capacity[r, t, q] for q in d.built_before[r, t, p])
    return x.added_capacity[r, t, p] <= (
        d.growth_factor[r, t, p] * before + d.growth_allowance[r, t, p]
    )


@constraint(over="bounded_capacities", unit="cap")
def capacity_within_limit(x, d, r, t, p):
    """No more stands than the potential allows.

    total_capacity[r,t,p] <= capacity_limit[r,t,p]
    """
    return x.total_capacity[r, t, p] <= d.capacity_limit[r, t, p]


@constraint(over="wanted_capacities", unit="cap")
def capacity_above_floor(x, d, r, t, p):
    """No less stands than is wanted.

    total_capacity[r,t,p] >= capacity_floor[r,t,p]
    """
    return x.total_capacity[r, t, p] >= d.capacity_floor[r, t, p]


@constraint(over="unit_builds", unit="cap")
def capacity_comes_in_units(x, d, r, t, v):
    """What is built is a whole number of units.

    new_capacity[r,t,v] == unit_size[r,t,v] * built_units[r,t,v]
    """
    return x.new_capacity[r, t, v] == d.unit_size[r, t, v] * x.built_units[r, t, v]


@constraint(over="adequate_situations", unit="GW")
def firm_capacity_covers_peak(x, d, r, p, k):
    """Firm capacity covers the load of each peak situation with its reserve.

    firm_capacity[r,p,k] >= (1 + reserve_margin[k]) * peak_load[r,p,k]

    Example: a load of 100 GW and a margin of 15 % need 115 GW of firm capacity.
    """
    return x.firm_capacity[r, p, k] >= (1 + d.reserve_margin[k]) * x.peak_load[r, p, k]
