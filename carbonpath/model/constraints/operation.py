"""Activity within capacity, availability, minimum load and use, ramping."""

from carbonpath.model.declare import constraint


@constraint(over="operating_slices", unit="act")
def activity_within_capacity(x, d, r, t, v, p, s):
    """No vintage runs beyond its capacity in a time slice.

    sum over m of activity[r,t,v,m,p,s] <=
        capacity_to_activity[r,t] * capacity_factor[r,t,v,p,s] * node_share[s] * capacity[r,t,v,p]

    Example: 1 GW of wind at 31.536 PJ/GW-year, factor 0.5, half a year: at most 7.884 PJ.
    """
    activity = sum(x.activity[r, t, v, m, p, s] for m in d.modes[r, t, v, p])
    per_capacity = d.capacity_to_activity[r, t] * d.capacity_factor[r, t, v, p, s] * d.node_share[s]
    return activity <= per_capacity * x.capacity[r, t, v, p]


@constraint(over="operating_years", unit="act")
def activity_within_availability(x, d, r, t, v, p):
    """No vintage runs more in a year than its availability allows.

    sum over m,s of activity[r,t,v,m,p,s] <=
        capacity_to_activity[r,t] * availability[r,t,p] * capacity[r,t,v,p]

    Example: 1 GW of nuclear at 31.536 PJ/GW-year and 88 %: at most 27.75 PJ.
    """
    activity = sum(x.activity[r, t, v, m, p, s] for m, s in d.running[r, t, v, p])
    per_capacity = d.capacity_to_activity[r, t] * d.availability[r, t, p]
    return activity <= per_capacity * x.capacity[r, t, v, p]


@constraint(over="loaded_slices", unit="act")
def activity_above_minimum_load(x, d, r, t, v, p, s):
    """Every vintage runs at least at its minimum load in every time slice.

    sum over m of activity[r,t,v,m,p,s] >=
        capacity_to_activity[r,t] * minimum_load[r,t,p] * node_share[s] * capacity[r,t,v,p]
    """
    activity = sum(x.activity[r, t, v, m, p, s] for m in d.modes[r, t, v, p])
    per_capacity = d.capacity_to_activity[r, t] * d.minimum_load[r, t, p] * d.node_share[s]
    return activity >= per_capacity * x.capacity[r, t, v, p]


@constraint(over="used_years", unit="act")
def activity_above_minimum_use(x, d, r, t, v, p):
    """Every vintage runs at least its minimum share of the year.

    sum over m,s of activity[r,t,v,m,p,s] >=
        capacity_to_activity[r,t] * minimum_use[r,t,p] * capacity[r,t,v,p]
    """
    activity = sum(x.activity[r, t, v, m, p, s] for m, s in d.running[r, t, v, p])
    per_capacity = d.capacity_to_activity[r, t] * d.minimum_use[r, t, p]
    return activity >= per_capacity * x.capacity[r, t, v, p]


@constraint(over="ramping_slices", unit="act")
def output_rises_within_ramp_rate(x, d, r, t, v, p, s, n):
    """Output rises from a time slice n to the one s that follows it no faster than it can.

    sum over m of activity[r,t,v,m,p,s] / node_share[s] - activity[r,t,v,m,p,n] / node_share[n]
        <= ramp_rate[r,t] * hours_between[s,n] * capacity_to_activity[r,t] * capacity[r,t,v,p]
    """
    now = sum(x.activity[r, t, v, m, p, s] for m in d.modes[r, t, v, p]) / d.node_share[s]
    before = sum(x.activity[r, t, v, m, p, n] for m in d.modes[r, t, v, p]) / d.node_share[n]
    per_capacity = d.ramp_rate[r, t] * d.hours_between[s, n] * d.capacity_to_activity[r, t]
    return now - before <= per_capacity * x.capacity[r, t, v, p]


@constraint(over="falling_slices", unit="act")
def output_falls_within_ramp_rate(x, d, r, t, v, p, s, n):
    """Output falls from a time slice n to the one s that follows it no faster than it can.

    sum over m of activity[r,t,v,m,p,n] / node_share[n] - activity[r,t,v,m,p,s] / node_share[s]
        <= fall_rate[r,t] * hours_between[s,n] * capacity_to_activity[r,t] * capacity[r,t,v,p]
    """
    now = sum(x.activity[r, t, v, m, p, s] for m in d.modes[r, t, v, p]) / d.node_share[s]
    before = sum(x.activity[r, t, v, m, p, n] for m in d.modes[r, t, v, p]) / d.node_share[n]
    per_capacity = d.fall_rate[r, t] * d.hours_between[s, n] * d.capacity_to_activity[r, t]
    return before - now <= per_capacity * x.capacity[r, t, v, p]


@constraint(over="shaped_activities", unit="act")
def activity_follows_shape(x, d, r, t, v, m, p, s):
    """What has a shape runs in each time slice at its share of the year.

    activity[r,t,v,m,p,s] == activity_share[r,t,m,p,s] * sum over n of activity[r,t,v,m,p,n]

    Example: two thirds of the heat in winter: of 30 PJ a year every heater makes 2/3 in winter.
    """
    year = sum(x.activity[r, t, v, m, p, n] for n in d.mode_nodes[r, t, v, m, p])
    return x.activity[r, t, v, m, p, s] == d.activity_share[r, t, m, p, s] * year


@constraint(over="steady_slices", unit="act")
def output_is_steady_in_season(x, d, r, t, v, p, s):
    """What is steady makes the same per hour in all time slices of a season.

    sum over m of activity[r,t,v,m,p,s] / node_share[s]
        == sum over m of activity[r,t,v,m,p,before_in_season] / node_share[before_in_season]
    """
    now = sum(x.activity[r, t, v, m, p, s] for m in d.modes[r, t, v, p]) / d.node_share[s]
    before = (
        sum(x.activity[r, t, v, m, p, d.before_in_season[s]] for m in d.modes[r, t, v, p])
        / d.node_share[d.before_in_season[s]]
    )
    return now == before


@constraint(over="bounded_activities", unit="act")
def activity_within_limit(x, d, r, t, p):
    """No more is done in a year than the limit allows.

    total_activity[r,t,p] <= activity_limit[r,t,p]
    """
    return x.total_activity[r, t, p] <= d.activity_limit[r, t, p]


@constraint(over="wanted_activities", unit="act")
def activity_above_floor(x, d, r, t, p):
    """No less is done in a year than is wanted.

    total_activity[r,t,p] >= activity_floor[r,t,p]
    """
    return x.total_activity[r, t, p] >= d.activity_floor[r, t, p]
