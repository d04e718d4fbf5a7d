"""Every cost part, in billion CNY_2020 per year of a period; the objective discounts their sum."""

from carbonpath.model.declare import cost, quantity


@cost(over="invested_technologies", zh="投资年金")
def investment_payment(x, d, r, t, p):
    """Yearly payment for what was built and still serves, at the decision-maker's rate.

    investment_payment[r,t,p] = sum over b of
        payment_factor[r,t,b,p] * investment_cost[r,t,b] * new_capacity[r,t,b]
    """
    return sum(
        d.payment_factor[r, t, b, p] * d.investment_cost[r, t, b] * x.new_capacity[r, t, b]
        for b in d.builds_by[r, t, p]
    )


@quantity(over="invested_technologies", unit="bn CNY_2020/yr", zh="投资年金（社会折现率）")
def social_investment_payment(x, d, r, t, p):
    """Yearly payment for what was built and still serves, at the social discount rate.

    social_investment_payment[r,t,p] = sum over b of
        social_payment_factor[r,t,b,p] * investment_cost[r,t,b] * new_capacity[r,t,b]

    Not part of the objective: it serves the total cost to society.
    """
    return sum(
        d.social_payment_factor[r, t, b, p] * d.investment_cost[r, t, b] * x.new_capacity[r, t, b]
        for b in d.builds_by[r, t, p]
    )


@cost(over="maintained_technologies", zh="固定运维成本")
def fixed_payment(x, d, r, t, p):
    """Yearly cost of standing capacity.

    fixed_payment[r,t,p] = sum over v of fixed_cost[r,t,v,p] * capacity[r,t,v,p]
    """
    return sum(d.fixed_cost[r, t, v, p] * x.capacity[r, t, v, p] for v in d.maintained[r, t, p])


@cost(over="paying_technologies", zh="可变成本")
def variable_payment(x, d, r, t, p):
    """Yearly cost of activity: operation, fuel and import prices, less sales.

    variable_payment[r,t,p] = sum over v,m,s of variable_cost[r,t,v,m,p] * activity[r,t,v,m,p,s]
    """
    return sum(
        d.variable_cost[r, t, v, m, p] * x.activity[r, t, v, m, p, s]
        for v, m, s in d.paying[r, t, p]
    )


@cost(over="priced_emissions", zh="排放支付")
def emission_payment(x, d, r, c, p):
    """Yearly payment for emissions that have a price.

    emission_payment[r,c,p] = emission_price[r,c,p]
        * sum over nodes s of net_output[r,c,p,s]
    """
    return sum(d.emission_price[r, c, p] * x.net_output[r, c, p, s] for s in d.nodes_of[c])
