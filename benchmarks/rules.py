"""The rules of the reference problem: what stands here is all that says what the model is."""

# ruff: noqa: ANN001, ANN201, D103 - rules are named for what they say


def balance(x, d, r, c, p, s):
    made = sum(d.output[t, c] * x.activity[r, t, v, p, s] for t, v in d.makers[c, p])
    taken = sum(d.input[t, c] * x.activity[r, t, v, p, s] for t, v in d.takers[c, p])
    stored = sum(x.discharge[r, k, p, s] - x.charge[r, k, p, s] for k in d.stores[c])
    come = sum(d.arriving * x.flow[link, p, s] for link in d.links_in[r, c])
    gone = sum(x.flow[link, p, s] for link in d.links_out[r, c])
    unserved = sum(x.unserved[r, e, p, s] for e in d.served[c])
    return made - taken + stored + come - gone + unserved >= d.demand[r, c, p, s]


def within_capacity(x, d, r, t, v, p, s):
    return x.activity[r, t, v, p, s] <= d.factor[r, t, s] * x.capacity[r, t, v]


def standing_capacity(x, d, r, t, p):
    return x.standing[r, t, p] == sum(x.capacity[r, t, v] for v in d.vintages[t, p])


def growth_limit(x, d, r, t, p):
    return x.standing[r, t, p] <= d.growth * x.standing[r, t, d.previous[p]] + d.seed


def storage(x, d, r, k, p, s):
    change = d.efficiency * x.charge[r, k, p, s] - x.discharge[r, k, p, s] / d.efficiency
    return x.level[r, k, p, s] == x.level[r, k, p, d.before[s]] + d.step_hours * change


def largest_level(x, d, r, k, p, s):
    standing = sum(x.store[r, k, v] for v in d.store_vintages[p])
    return x.level[r, k, p, s] <= d.store_hours[k] * standing


def largest_charge(x, d, r, k, p, s):
    return x.charge[r, k, p, s] <= sum(x.store[r, k, v] for v in d.store_vintages[p])


def largest_discharge(x, d, r, k, p, s):
    return x.discharge[r, k, p, s] <= sum(x.store[r, k, v] for v in d.store_vintages[p])


def emission_account(x, d, r, p):
    return x.emissions[r, p] == sum(
        d.emission[t] * d.hours[s] * x.activity[r, t, v, p, s]
        for t, v in d.burners[p]
        for s in d.slices
    )


def emission_limit(x, d, p):
    return sum(x.emissions[r, p] for r in d.regions) <= d.emission_cap[p]


def supply_limit(x, d, r, t, p):
    taken = sum(d.hours[s] * x.activity[r, t, v, p, s] for v in d.vintages[t, p] for s in d.slices)
    return taken <= d.supply[r, t, p]


def reserve(x, d, r, p):
    return sum(d.credit[t] * x.standing[r, t, p] for t in d.firm) >= d.margin * d.peak[r, p]


def investment(x, d, r, t, v):
    return d.annuity * d.discount[v] * d.capital[r, t, v] * x.capacity[r, t, v]


def store_investment(x, d, r, k, v):
    return d.annuity * d.discount[v] * d.store_cost[r, k] * x.store[r, k, v]


def fixed_cost(x, d, r, t, p):
    return d.fixed[r, t] * d.discount[p] * x.standing[r, t, p]


def running_cost(x, d, r, t, p):
    return (
        d.running[r, t]
        * d.discount[p]
        * sum(
            d.thousand_hours[s] * x.activity[r, t, v, p, s]
            for v in d.vintages[t, p]
            for s in d.slices
        )
    )


def storage_cost(x, d, r, k, p, s):
    return d.store_running * d.discount[p] * d.thousand_hours[s] * x.discharge[r, k, p, s]


def link_payment(x, d, link, p, s):
    return d.link_cost * d.discount[p] * d.thousand_hours[s] * x.flow[link, p, s]


def unserved_cost(x, d, r, c, p, s):
    return d.lost_load * d.discount[p] * d.thousand_hours[s] * x.unserved[r, c, p, s]


CONSTRAINTS = {
    balance: "balances", within_capacity: "runs", standing_capacity: "technologies",
    growth_limit: "growing", storage: "stores", largest_level: "stores", largest_charge: "stores",
    largest_discharge: "stores", emission_account: "regions", emission_limit: "periods",
    supply_limit: "suppliers", reserve: "regions",
}  # fmt: skip
COSTS = {
    investment: "built", store_investment: "built_stores", fixed_cost: "technologies",
    running_cost: "technologies", storage_cost: "stores", link_payment: "flows",
    unserved_cost: "demands",
}  # fmt: skip
SCALARS = (
    "growth", "seed", "efficiency", "step_hours", "link_cost", "store_running", "lost_load",
    "annuity", "margin",
)  # fmt: skip
