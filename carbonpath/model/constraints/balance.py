"""Commodity balances, each at the commodity's own time level.

Energy, services and materials balance exactly. With a plain >= a model may throw away heat, power
or captured carbon whenever that is cheaper than not making it, and free disposal of captured
carbon would be a hole in the carbon account. What may really be thrown away at no cost (scrap,
waste heat) is a commodity of kind `other`, whose surplus is free; any other surplus needs a
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
