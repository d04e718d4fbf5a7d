"""Stored commodities: the level carries over from node to node round a cycle, within the size.

A store of cycle `horizon` never returns to its start: its level goes on from period to period, and
is held within its size at checkpoints inside each. A store of cycle `sequence` is followed along
the real order of the year, in which time slices may come again and again.
"""

from carbonpath.model.declare import constraint


@constraint(over="stored_nodes", unit="commodity")
def level_carries_over(x, d, r, c, p, s):
    """A store holds what it held before, less losses, plus what was added in between.

    storage_level[r,c,p,s] == retention[r,c,s] * storage_level[r,c,p,before_in_cycle]
        + net_output[r,c,p,s] / occurrences[c,s]

    In a day's cycle net_output is that of all days alike; one of them gets its share. The first
    node follows the last, so the store returns to its start.
    Example: 73 days alike, 146 PJ added in their morning: the level rises by 2 PJ.
    """
    before = d.retention[r, c, s] * x.storage_level[r, c, p, d.before_in_cycle[c, s]]
    return x.storage_level[r, c, p, s] == before + x.net_output[r, c, p, s] / d.occurrences[c, s]


@constraint(over="stored_nodes", unit="commodity")
def level_within_size(x, d, r, c, p, s):
    """A store never holds more than its size.

    storage_level[r,c,p,s] <= sum over t,v of store_size[r,t,v,c] * capacity[r,t,v,p]

    Example: 1 GW of batteries for 4 hours holds 0.0144 PJ.
    """
    size = sum(d.store_size[r, t, v, c] * x.capacity[r, t, v, p] for t, v in d.stores[r, c, p])
    return x.storage_level[r, c, p, s] <= size


@constraint(over="kept_nodes", unit="commodity")
def level_above_minimum(x, d, r, c, p, s):
    """A store never holds less than the smallest share of its size.

    storage_level[r,c,p,s] >=
        sum over t,v of minimum_level[r,t,p] * store_size[r,t,v,c] * capacity[r,t,v,p]
    """
    least = sum(
        d.minimum_level[r, t, p] * d.store_size[r, t, v, c] * x.capacity[r, t, v, p]
        for t, v in d.stores[r, c, p]
    )
    return x.storage_level[r, c, p, s] >= least


@constraint(over="sequence_nodes", unit="commodity")
def level_follows_sequence(x, d, r, c, p, h):
    """Along the sequence of the year a store holds what it held before, and what a step adds.

    sequence_level[r,c,p,h] == sequence_level[r,c,p,step_before[h]]
        + times_of_step[h] * net_output[r,c,p,slice_of_step[h]]

    A step repeats a time slice for a share of its days. The first step follows the last.
    Example: 100 days of winter, of which this step has 20; 50 PJ taken in them all: 10 PJ less.
    """
    gain = d.times_of_step[h] * x.net_output[r, c, p, d.slice_of_step[h]]
    return x.sequence_level[r, c, p, h] == x.sequence_level[r, c, p, d.step_before[h]] + gain


@constraint(over="sequence_nodes", unit="commodity")
def sequence_level_within_size(x, d, r, c, p, h):
    """A store never holds more than its size along the sequence of the year.

    sequence_level[r,c,p,h] <= sum over t,v of store_size[r,t,v,c] * capacity[r,t,v,p]
    """
    size = sum(d.store_size[r, t, v, c] * x.capacity[r, t, v, p] for t, v in d.stores[r, c, p])
    return x.sequence_level[r, c, p, h] <= size


@constraint(over="carried_stores", unit="commodity")
def level_goes_on(x, d, r, c, p):
    """A period begins with what the store held at the start of the one before, and its gain.

    year_level[r,c,p] == store_storage_start[r,c,p] + sum over q before of year_level[r,c,q]
        + sum over q before, s of years[q] * net_output[r,c,q,s]

    store_storage_start is the content at the start of the first period, and nothing later.
    Example: 5 at the start, 2 taken in the first year: the second begins with 3.
    """
    before = sum(x.year_level[r, c, q] for q in d.store_before[r, c, p])
    gain = sum(d.years[q] * x.net_output[r, c, q, s] for q, s in d.nodes_before[r, c, p])
    return x.year_level[r, c, p] == d.store_storage_start[r, c, p] + before + gain


@constraint(over="checkpoints", unit="commodity")
def carried_level_within_size(x, d, r, c, p, h):
    """At no checkpoint does a store hold more than its size.

    held_level[r,c,p,h] <= sum over t,v of store_size[r,t,v,c] * capacity[r,t,v,p]
    """
    size = sum(d.store_size[r, t, v, c] * x.capacity[r, t, v, p] for t, v in d.stores[r, c, p])
    return x.held_level[r, c, p, h] <= size


@constraint(over="checkpoints", unit="commodity")
def carried_level_above_minimum(x, d, r, c, p, h):
    """At no checkpoint does a store hold less than the smallest share of its size.

    held_level[r,c,p,h] >=
        sum over t,v of minimum_level[r,t,p] * store_size[r,t,v,c] * capacity[r,t,v,p]
    """
    least = sum(
        d.minimum_level[r, t, p] * d.store_size[r, t, v, c] * x.capacity[r, t, v, p]
        for t, v in d.stores[r, c, p]
    )
    return x.held_level[r, c, p, h] >= least


@constraint(over="charging_nodes", unit="commodity")
def charging_within_limit(x, d, r, c, p, s):
    """A store is charged no faster than it can be.

    gross_output[r,c,p,s] <= store_charge_limit[r,c] * node_share[s]

    Example: 10 PJ a year at most, a slice of a fifth of the year: at most 2 PJ in it.
    """
    return x.gross_output[r, c, p, s] <= d.store_charge_limit[r, c] * d.node_share[s]


@constraint(over="discharging_nodes", unit="commodity")
def discharging_within_limit(x, d, r, c, p, s):
    """A store is discharged no faster than it can be.

    gross_use[r,c,p,s] <= store_discharge_limit[r,c] * node_share[s]
    """
    return x.gross_use[r, c, p, s] <= d.store_discharge_limit[r, c] * d.node_share[s]
