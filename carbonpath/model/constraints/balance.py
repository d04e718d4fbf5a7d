"""Commodity balances, each at the commodity's own time level.

Energy, services and materials balance exactly, unless their surplus is free. With a plain >= a
model may throw away heat, power or captured carbon whenever that is cheaper than not making it, and
free disposal of captured carbon would be a hole in the carbon account. What may really be thrown
away at no cost (scrap, waste heat) is a commodity of kind `other`; any other surplus needs a
technology that takes it. The price of an exact balance may therefore be negative.
"""

from carbonpath.model.declare import constraint


@constraint(over="balanced_nodes", unit="commodity")
def supply_meets_demand(x, d, r, c, p, s):
    """Energy, services and materials are supplied as demanded, neither less nor more.

    net_output[r,c,p,s] == demand[r,c,p,s]

    Example: 10 PJ of heat demanded: technologies make 10 PJ more than technologies take.
    """
    return x.net_output[r, c, p, s] == d.demand[r, c, p, s]


@constraint(over="disposable_nodes", unit="commodity")
def supply_covers_demand(x, d, r, c, p, s):
    """By-products are supplied at least as demanded; what is over is thrown away at no cost.

    net_output[r,c,p,s] >= demand[r,c,p,s]

    Example: 3 Mt of scrap arise, 2 Mt are used: one is thrown away.
    """
    return x.net_output[r, c, p, s] >= d.demand[r, c, p, s]


@constraint(over="yearly_demands", unit="commodity")
def year_meets_demand(x, d, r, c, p):
    """Over the year, what may be met at any time is supplied beside what each time slice wants.

    sum over nodes s of net_output[r,c,p,s] >= yearly_demand[r,c,p] + sum over s of demand[r,c,p,s]

    Example: 3 PJ wanted in summer, 2 PJ at any time: 5 PJ in the year, 3 at least in summer.
    """
    supplied = sum(x.net_output[r, c, p, s] - d.demand[r, c, p, s] for s in d.nodes_of[c])
    return supplied >= d.yearly_demand[r, c, p]
