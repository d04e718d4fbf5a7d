"""What is made, taken, burnt and supplied, in the unit of the commodity."""

from carbonpath.model.declare import quantity


@quantity(over="commodity_nodes", unit="commodity", zh="净产出")
def net_output(x, d, r, c, p, s):
    """What the technologies of a region add to a commodity, less what they take.

    net_output[r,c,p,s] =
        sum over t,v,m,n of placement[t,c,n,s] * flow[r,t,v,m,c,p] * activity[r,t,v,m,p,n]
        + sum over o,t,v,m,n of placement[t,c,n,s] * flow_there[o,t,v,m,r,c,p]
            * activity[o,t,v,m,p,n]
        + node_share[s] * (sum over t,b of build_flow[r,t,b,c] * new_capacity[r,t,b] / years[p]
                           + sum over o,t,v of capacity_flow[o,t,v,r,c,p,s] * capacity[o,t,v,p]
                           + sum over t of retirement_flow[r,t,c] * withdrawn_capacity[r,t,p]
                           + sum over t,v of leaving_flow[r,t,v,c,p] * leaving_capacity[r,t,v,p])
    """
    running = sum(
        d.placement[t, c, n, s] * d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, n]
        for t, v, m, n in d.makers[r, c, p, s]
    )
    elsewhere = sum(
        d.placement[t, c, n, s] * d.flow_there[o, t, v, m, r, c, p] * x.activity[o, t, v, m, p, n]
        for o, t, v, m, n in d.makers_elsewhere[r, c, p, s]
    )
    building = sum(
        d.build_flow[r, t, b, c] * x.new_capacity[r, t, b] / d.years[p]
        for t, b in d.built_makers[r, c, p]
    )
    standing = sum(
        d.capacity_flow[o, t, v, r, c, p, s] * x.capacity[o, t, v, p]
        for o, t, v in d.standing_makers[r, c, p, s]
    )
    leaving = sum(
        d.retirement_flow[r, t, c] * x.withdrawn_capacity[r, t, p]
        for t in d.withdrawn_makers[r, c, p]
    )
    ending = sum(
        d.leaving_flow[r, t, v, c, p] * x.leaving_capacity[r, t, v, p]
        for t, v in d.leaving_makers[r, c, p]
    )
    return running + elsewhere + d.node_share[s] * (building + standing + leaving + ending)


@quantity(over="running_technologies", unit="act", zh="年活动量")
def total_activity(x, d, r, t, p):
    """Activity of a year, all vintages and modes together.

    total_activity[r,t,p] = sum over v,m,s of activity[r,t,v,m,p,s]
    """
    return sum(x.activity[r, t, v, m, p, s] for v, m, s in d.all_running[r, t, p])


@quantity(over="needing_activities", unit="act", zh="分模式投入")
def mode_input(x, d, r, t, v, m, p, s):
    """What a vintage takes in a mode, all inputs together; for limits on shares of inputs.

    mode_input[r,t,v,m,p,s] = input_need[r,t,v,m,p] * activity[r,t,v,m,p,s]
    """
    return d.input_need[r, t, v, m, p] * x.activity[r, t, v, m, p, s]


@quantity(over="producers", unit="commodity", zh="产出")
def output(x, d, r, t, c, p):
    """What a technology makes of a commodity in a year.

    output[r,t,c,p] = (sum over v,m,s of flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
        + sum over o,v,m,s of flow_there[r,t,v,m,o,c,p] * activity[r,t,v,m,p,s]
        + sum over b of build_flow[r,t,b,c] * new_capacity[r,t,b] / years[p]
        + sum over v,o,s of node_share[s] * capacity_flow[r,t,v,o,c,p,s] * capacity[r,t,v,p]
        + retirement_flow[r,t,c] * withdrawn_capacity[r,t,p]
        + sum over v of leaving_flow[r,t,v,c,p] * leaving_capacity[r,t,v,p]), each with flow > 0
    """
    running = sum(
        d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s] for v, m, s in d.making[r, t, c, p]
    )
    sent = sum(
        d.flow_there[r, t, v, m, o, c, p] * x.activity[r, t, v, m, p, s]
        for o, v, m, s in d.making_there[r, t, c, p]
    )
    building = sum(
        d.build_flow[r, t, b, c] * x.new_capacity[r, t, b] / d.years[p]
        for b in d.built_making[r, t, c, p]
    )
    standing = sum(
        d.node_share[s] * d.capacity_flow[r, t, v, o, c, p, s] * x.capacity[r, t, v, p]
        for v, o, s in d.standing_making[r, t, c, p]
    )
    leaving = sum(
        d.retirement_flow[r, t, c] * x.withdrawn_capacity[r, t, q]
        for q in d.withdrawn_making[r, t, c, p]
    )
    ending = sum(
        d.leaving_flow[r, t, v, c, p] * x.leaving_capacity[r, t, v, p]
        for v in d.leaving_making[r, t, c, p]
    )
    return running + sent + building + standing + leaving + ending


@quantity(over="consumers", unit="commodity", zh="消耗")
def use(x, d, r, t, c, p):
    """What a technology takes of a commodity in a year, as a positive number.

    use[r,t,c,p] = -(sum over v,m,s of flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
        + sum over o,v,m,s of flow_there[r,t,v,m,o,c,p] * activity[r,t,v,m,p,s]
        + sum over b of build_flow[r,t,b,c] * new_capacity[r,t,b] / years[p]
        + sum over v,o,s of node_share[s] * capacity_flow[r,t,v,o,c,p,s] * capacity[r,t,v,p]
        + retirement_flow[r,t,c] * withdrawn_capacity[r,t,p]
        + sum over v of leaving_flow[r,t,v,c,p] * leaving_capacity[r,t,v,p]), each with flow < 0
    """
    running = sum(
        d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s] for v, m, s in d.taking[r, t, c, p]
    )
    fetched = sum(
        d.flow_there[r, t, v, m, o, c, p] * x.activity[r, t, v, m, p, s]
        for o, v, m, s in d.taking_there[r, t, c, p]
    )
    building = sum(
        d.build_flow[r, t, b, c] * x.new_capacity[r, t, b] / d.years[p]
        for b in d.built_taking[r, t, c, p]
    )
    standing = sum(
        d.node_share[s] * d.capacity_flow[r, t, v, o, c, p, s] * x.capacity[r, t, v, p]
        for v, o, s in d.standing_taking[r, t, c, p]
    )
    leaving = sum(
        d.retirement_flow[r, t, c] * x.withdrawn_capacity[r, t, q]
        for q in d.withdrawn_taking[r, t, c, p]
    )
    ending = sum(
        d.leaving_flow[r, t, v, c, p] * x.leaving_capacity[r, t, v, p]
        for v in d.leaving_taking[r, t, c, p]
    )
    return -(running + fetched + building + standing + leaving + ending)


@quantity(over="fuel_consumers", unit="PJ", zh="燃料消耗")
def fuel_use(x, d, r, t, c, p):
    """What a technology burns or uses up of an energy commodity in a year.

    fuel_use[r,t,c,p] = sum over v,m,s of fuel_flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
    """
    return sum(
        d.fuel_flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s]
        for v, m, s in d.burning[r, t, c, p]
    )


@quantity(over="feedstock_consumers", unit="PJ", zh="原料用能")
def feedstock_use(x, d, r, t, c, p):
    """What a technology takes of an energy commodity as material in a year.

    feedstock_use[r,t,c,p] = sum over v,m,s of feedstock_flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
    """
    return sum(
        d.feedstock_flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s]
        for v, m, s in d.feeding[r, t, c, p]
    )


@quantity(over="final_consumers", unit="PJ", zh="终端能源消费")
def final_energy(x, d, r, t, c, p):
    """Energy that end uses take in a year, feedstock apart.

    final_energy[r,t,c,p] = use[r,t,c,p]
        - sum over v,m,s of feedstock_flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
    """
    return x.use[r, t, c, p] - sum(
        d.feedstock_flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s]
        for v, m, s in d.feeding[r, t, c, p]
    )


@quantity(over="suppliers", unit="PJ", zh="能源供应")
def supplied_energy(x, d, r, t, c, p):
    """What a supply technology adds to an energy commodity in a year; exports are negative.

    supplied_energy[r,t,c,p] = sum over v,m,s of flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
    """
    return sum(
        d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s] for v, m, s in d.moving[r, t, c, p]
    )


@quantity(over="bus_slices", unit="PJ", zh="分时供电")
def slice_output(x, d, r, t, p, s):
    """Electricity that generation, storage and lines add in a time slice, net of what they take.

    slice_output[r,t,p,s] = sum over c,v,m,n of
        placement[t,c,n,s] * flow[r,t,v,m,c,p] * activity[r,t,v,m,p,n]
    """
    return sum(
        d.placement[t, c, n, s] * d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, n]
        for c, v, m, n in d.bus_terms[r, t, p, s]
    )


@quantity(over="taking_slices", unit="PJ", zh="分时用电")
def slice_use(x, d, r, t, p, s):
    """Electricity that all but suppliers and networks take in a time slice.

    slice_use[r,t,p,s] = - sum over c,v,m,n of
        placement[t,c,n,s] * flow[r,t,v,m,c,p] * activity[r,t,v,m,p,n]
    """
    return -sum(
        d.placement[t, c, n, s] * d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, n]
        for c, v, m, n in d.taking_terms[r, t, p, s]
    )
