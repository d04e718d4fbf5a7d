"""What each technology emits, by emission commodity."""

from carbonpath.model.declare import quantity


@quantity(over="emitters", unit="Mt", zh="排放")
def emissions(x, d, r, t, c, p):
    """What a technology emits in a year by running, being built, standing and being withdrawn.

    emissions[r,t,c,p] = sum over v,m,s of flow[r,t,v,m,c,p] * activity[r,t,v,m,p,s]
        + sum over b of build_flow[r,t,b,c] * new_capacity[r,t,b] / years[p]
        + sum over v,o,s of node_share[s] * capacity_flow[r,t,v,o,c,p,s] * capacity[r,t,v,p]
        + retirement_flow[r,t,c] * withdrawn_capacity[r,t,p]
        + sum over v of leaving_flow[r,t,v,c,p] * leaving_capacity[r,t,v,p]
        + exogenous_emission[r,t,c,p]

    What it emits whatever the model does is a constant term.
    """
    running = sum(
        d.flow[r, t, v, m, c, p] * x.activity[r, t, v, m, p, s]
        for v, m, s in d.emitting[r, t, c, p]
    )
    building = sum(
        d.build_flow[r, t, b, c] * x.new_capacity[r, t, b] / d.years[p]
        for b in d.built_emitting[r, t, c, p]
    )
    standing = sum(
        d.node_share[s] * d.capacity_flow[r, t, v, o, c, p, s] * x.capacity[r, t, v, p]
        for v, o, s in d.standing_emitting[r, t, c, p]
    )
    leaving = sum(
        d.retirement_flow[r, t, c] * x.withdrawn_capacity[r, t, q]
        for q in d.withdrawn_emitting[r, t, c, p]
    )
    ending = sum(
        d.leaving_flow[r, t, v, c, p] * x.leaving_capacity[r, t, v, p]
        for v in d.leaving_emitting[r, t, c, p]
    )
    outside = d.exogenous_emission[r, t, c, p]
    return running + building + standing + leaving + ending + outside
