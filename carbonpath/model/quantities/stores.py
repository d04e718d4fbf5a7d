"""What is made and taken gross, what stores hold at checkpoints, what counts towards reserves."""

from carbonpath.model.declare import quantity


@quantity(over="gross_nodes", unit="commodity", zh="总产出")
def gross_output(x, d, r, c, p, s):
    """What the technologies of a region make of a commodity, whatever they take.

    What comes from another region, or goes there, is neither made nor taken.

    gross_output[r,c,p,s] = sum over t,v,m,n with flow > 0 of
        placement[t,c,n,s] * flow[r,t,v,m,c,p] * activity[r,t,v,m,p,n]
    """
    return sum(
        d.placement[t, c, n, s] * d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, n]
        for t, v, m, n in d.gross_makers[r, c, p, s]
    )


@quantity(over="gross_nodes", unit="commodity", zh="总消耗")
def gross_use(x, d, r, c, p, s):
    """What the technologies of a region take of a commodity, as a positive number.

    gross_use[r,c,p,s] = - sum over t,v,m,n with flow < 0 of
        placement[t,c,n,s] * flow[r,t,v,m,c,p] * activity[r,t,v,m,p,n]
    """
    return -sum(
        d.placement[t, c, n, s] * d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, n]
        for t, v, m, n in d.gross_takers[r, c, p, s]
    )


@quantity(over="reserves", unit="act", zh="备用容量")
def reserve_supply(x, d, r, p):
    """What the capacity that counts towards reserves could make in a full year.

    reserve_supply[r,p] = sum over t of
        reserve_credit[r,t,p] * capacity_to_activity[r,t] * total_capacity[r,t,p]
    """
    return sum(
        d.reserve_credit[r, t, p] * d.capacity_to_activity[r, t] * x.total_capacity[r, t, p]
        for t in d.reserve_makers[r, p]
    )


@quantity(over="checkpoints", unit="commodity", zh="储量")
def held_level(x, d, r, c, p, h):
    """What a store holds at a checkpoint of a period.

    held_level[r,c,p,h] = year_level[r,c,p]
        + sum over s of level_weight[p,h,s] * net_output[r,c,p,s]

    A season of several days has checkpoints in its first and last day: the first day has gained one
    day's share of what the season gains.
    """
    gained = sum(d.level_weight[p, h, s] * x.net_output[r, c, p, s] for s in d.level_steps[p, h])
    return x.year_level[r, c, p] + gained
