"""Stored commodities: the level carries over from node to node round a cycle, within the size."""

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

    storage_level[r,c,p,s] <= sum over t of store_size[r,t,c] * total_capacity[r,t,p]

    Example: 1 GW of batteries for 4 hours holds 0.0144 PJ.
    """
    size = sum(d.store_size[r, t, c] * x.total_capacity[r, t, p] for t in d.stores[r, c, p])
    return x.storage_level[r, c, p, s] <= size
