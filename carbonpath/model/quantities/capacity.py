"""New, standing, firm and withdrawn capacity."""

from carbonpath.model.declare import quantity


@quantity(over="standing_technologies", unit="cap", zh="总容量")
def total_capacity(x, d, r, t, p):
    """Capacity that stands, all vintages together.

    total_capacity[r,t,p] = sum over v of capacity[r,t,v,p]
    """
    return sum(x.capacity[r, t, v, p] for v in d.vintages[r, t, p])


@quantity(over="working_capacities", unit="act", zh="满负荷活动量")
def full_activity(x, d, r, t, v, p):
    """What a vintage could do in a year if it always ran in full.

    full_activity[r,t,v,p] = capacity_to_activity[r,t] * capacity[r,t,v,p]
    """
    return d.capacity_to_activity[r, t] * x.capacity[r, t, v, p]


@quantity(over="built_technologies", unit="cap/yr", zh="年新增容量")
def added_capacity(x, d, r, t, p):
    """Capacity added in a year, on average over the years of the period.

    added_capacity[r,t,p] = sum over b = p of new_capacity[r,t,b] / years[p]
    """
    return sum(x.new_capacity[r, t, b] / d.years[p] for b in d.built_now[r, t, p])


@quantity(over="changing_builds", unit="cap", zh="新增容量变化")
def build_change(x, d, r, t, p):
    """How much more is built in a period than in the one before.

    build_change[r,t,p] = sum over b = p of new_capacity[r,t,b]
        - sum over b = period before of new_capacity[r,t,b]
    """
    now = sum(x.new_capacity[r, t, b] for b in d.built_now[r, t, p])
    return now - sum(x.new_capacity[r, t, b] for b in d.built_earlier[r, t, p])


@quantity(over="leaving_vintages", unit="cap/yr", zh="分批退役容量")
def leaving_capacity(x, d, r, t, v, p):
    """Capacity of a vintage that leaves service in a year, counted in the period it does so.

    leaving_capacity[r,t,v,p] = (start_share[r,t,v,p] * (spent_stock[r,t,v,p] + sum over q of
        capacity[r,t,v,q]) - end_share[r,t,v,p] * sum over q of capacity[r,t,v,q]) / years[p]

    The first q is the period itself, or the one before where nothing stands any more; the second is
    the next period, or the period itself where nothing stands then.
    Example: 10 GW whose life ends in the third of five years stand at 6 GW on average; at the start
    they are 10 / 6 of that, at the end nothing: 2 GW leave in each year.
    """
    start = sum(x.capacity[r, t, v, q] for q in d.stands_at_start[r, t, v, p])
    end = sum(x.capacity[r, t, v, q] for q in d.stands_at_end[r, t, v, p])
    entered = d.start_share[r, t, v, p] * (d.spent_stock[r, t, v, p] + start)
    return (entered - d.end_share[r, t, v, p] * end) / d.years[p]


@quantity(over="withdrawing_technologies", unit="cap/yr", zh="年退役容量")
def withdrawn_capacity(x, d, r, t, p):
    """Capacity that leaves service in a year, at the end of its life or before.

    withdrawn_capacity[r,t,p] = (total_capacity[r,t,q] before + new_capacity[r,t,p]
                                 - total_capacity[r,t,p]) / years[p]
    """
    before = sum(x.total_capacity[r, t, q] for q in d.standing_before[r, t, p])
    added = sum(x.new_capacity[r, t, b] for b in d.built_now[r, t, p])
    now = sum(x.total_capacity[r, t, q] for q in d.standing_now[r, t, p])
    return (before + added - now) / d.years[p]


@quantity(over="peak_situations", unit="GW", zh="可靠容量")
def firm_capacity(x, d, r, p, k):
    """Capacity that can be counted on in a peak situation.

    firm_capacity[r,p,k] = sum over t of capacity_credit[r,t,p,k] * total_capacity[r,t,p]
    """
    return sum(d.capacity_credit[r, t, p, k] * x.total_capacity[r, t, p] for t in d.firm[r, p, k])


@quantity(over="peak_situations", unit="GW", zh="尖峰负荷")
def peak_load(x, d, r, p, k):
    """Load in a peak situation, from the yearly use of electricity.

    peak_load[r,p,k] = sum over t,c of peak_factor[r,t,c,k] * use[r,t,c,p]
    """
    return sum(d.peak_factor[r, t, c, k] * x.use[r, t, c, p] for t, c in d.loading[r, p, k])
