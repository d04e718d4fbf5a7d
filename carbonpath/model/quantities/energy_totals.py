"""The statutory energy totals, each linear, in coal-equivalent.

Fuels count at their calorific value; electricity from nuclear, hydro, wind, sun and the earth, and
all net imported electricity, at `kappa`, the published coal rate of thermal power of the year.
kappa is exogenous: computed from the model's own plants it would multiply two decisions.
Regimes: R0 the statistical total; R1 the deductions of 2022; R2 those of 2024.
"""

from carbonpath.model.declare import quantity
from carbonpath.spec.units import PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="煤炭消费")
def coal_energy(x, d, r, p):
    """Coal and coal products supplied to the province, net of what leaves it.

    coal_energy[r,p] = sum over t,c of supplied_energy[r,t,c,p] / PJ_PER_MTCE
    """
    return sum(x.supplied_energy[r, t, c, p] for t, c in d.coal_supply_terms[r, p]) / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="石油消费")
def oil_energy(x, d, r, p):
    """Crude and oil products supplied to the province; exports of products are negative.

    oil_energy[r,p] = sum over t,c of supplied_energy[r,t,c,p] / PJ_PER_MTCE
    """
    return sum(x.supplied_energy[r, t, c, p] for t, c in d.oil_supply_terms[r, p]) / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="天然气消费")
def gas_energy(x, d, r, p):
    """Natural gas supplied to the province.

    gas_energy[r,p] = sum over t,c of supplied_energy[r,t,c,p] / PJ_PER_MTCE
    """
    return sum(x.supplied_energy[r, t, c, p] for t, c in d.gas_supply_terms[r, p]) / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="化石能源消费")
def fossil_energy(x, d, r, p):
    """Coal, oil and gas supplied to the province: sum over f of F[f,t] in D1.

    fossil_energy[r,p] = coal_energy[r,p] + oil_energy[r,p] + gas_energy[r,p]
    """
    return x.coal_energy[r, p] + x.oil_energy[r, p] + x.gas_energy[r, p]


@quantity(over="accounts", unit="Mt", zh="煤炭消费实物量")
def coal_consumption(x, d, r, p):
    """Coal supplied to the province in physical tonnes (D6).

    coal_consumption[r,p] = sum over t,c of physical_factor[c] * supplied_energy[r,t,c,p]
    """
    return sum(
        d.physical_factor[c] * x.supplied_energy[r, t, c, p] for t, c in d.coal_weighed_terms[r, p]
    )


@quantity(over="accounts", unit="Mt", zh="石油消费实物量")
def oil_consumption(x, d, r, p):
    """Crude and oil products supplied to the province in physical tonnes.

    oil_consumption[r,p] = sum over t,c of physical_factor[c] * supplied_energy[r,t,c,p]
    """
    return sum(
        d.physical_factor[c] * x.supplied_energy[r, t, c, p] for t, c in d.oil_weighed_terms[r, p]
    )


@quantity(over="ledgers", unit="PJ", zh="一次电力")
def primary_electricity(x, d, r, p):
    """Electricity made in the province from nuclear, hydro, wind, sun and the earth.

    primary_electricity[r,p] = sum over t,c of output[r,t,c,p]
    """
    return sum(x.output[r, t, c, p] for t, c in d.primary_generation_terms[r, p])


@quantity(over="ledgers", unit="PJ", zh="净调入电力")
def net_imported_electricity(x, d, r, p):
    """Electricity received over lines, less electricity sent out.

    net_imported_electricity[r,p] = sum over t,c of output[r,t,c,p] - sum over t,c of use[r,t,c,p]
    """
    received = sum(x.output[r, t, c, p] for t, c in d.received_terms[r, p])
    sent = sum(x.use[r, t, c, p] for t, c in d.sent_terms[r, p])
    return received - sent


@quantity(over="ledgers", unit="PJ", zh="净调入非化石电力")
def net_imported_non_fossil_electricity(x, d, r, p):
    """The non-fossil part of the electricity received, less that of the electricity sent out.

    net_imported_non_fossil_electricity[r,p] = sum over t,c of
        non_fossil_share[r,t,p] * output[r,t,c,p] - non_fossil_share[r,t,p] * use[r,t,c,p]
    """
    received = sum(
        d.non_fossil_share[r, t, p] * x.output[r, t, c, p] for t, c in d.received_terms[r, p]
    )
    sent = sum(d.non_fossil_share[r, t, p] * x.use[r, t, c, p] for t, c in d.sent_terms[r, p])
    return received - sent


@quantity(over="ledgers", unit="PJ", zh="可再生能源电力消费")
def renewable_electricity(x, d, r, p):
    """Renewable electricity consumed: made in the province, less sent out, plus received (RE).

    renewable_electricity[r,p] = sum over t,c of output[r,t,c,p]
        + sum over t,c of renewable_share[r,t,p] * output[r,t,c,p]
        - sum over t,c of renewable_share[r,t,p] * use[r,t,c,p]
    """
    local = sum(x.output[r, t, c, p] for t, c in d.renewable_generation_terms[r, p])
    received = sum(
        d.renewable_share[r, t, p] * x.output[r, t, c, p] for t, c in d.received_terms[r, p]
    )
    sent = sum(d.renewable_share[r, t, p] * x.use[r, t, c, p] for t, c in d.sent_terms[r, p])
    return local + received - sent


@quantity(over="ledgers", unit="PJ", zh="全社会用电量")
def electricity_consumption(x, d, r, p):
    """Electricity used in the province, losses included: generation and net imports.

    electricity_consumption[r,p] = sum over t,c of output[r,t,c,p] + net_imported_electricity[r,p]
    """
    generation = sum(x.output[r, t, c, p] for t, c in d.generation_terms[r, p])
    return generation + x.net_imported_electricity[r, p]


@quantity(over="ledgers", unit="PJ", zh="终端用电")
def final_electricity(x, d, r, p):
    """Electricity that end uses take, at its calorific value.

    final_electricity[r,p] = sum over t,c of final_energy[r,t,c,p]
    """
    return sum(x.final_energy[r, t, c, p] for t, c in d.final_electric_terms[r, p])


@quantity(over="ledgers", unit="PJ", zh="终端能源消费总量")
def final_energy_total(x, d, r, p):
    """Energy that end uses take, electricity at its calorific value (D7).

    final_energy_total[r,p] = sum over t,c of final_energy[r,t,c,p]
    """
    return sum(x.final_energy[r, t, c, p] for t, c in d.final_terms[r, p])


@quantity(over="accounts", unit="Mtce", zh="商品生物质能消费")
def biomass_energy(x, d, r, p):
    """Commercial biomass and waste: power at kappa, other use at its calorific value (BIO).

    biomass_energy[r,p] = (kappa[p] * sum over t,c of output[r,t,c,p]
        + sum over t,c of supplied_energy[r,t,c,p]
        - sum over t,c of use[r,t,c,p] in plants) / PJ_PER_MTCE
    """
    power = sum(x.output[r, t, c, p] for t, c in d.burnt_generation_terms[r, p])
    supply = sum(x.supplied_energy[r, t, c, p] for t, c in d.biomass_supply_terms[r, p])
    burnt = sum(x.use[r, t, c, p] for t, c in d.burnt_in_plants_terms[r, p])
    return (d.kappa[p] * power + supply - burnt) / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="原料用能")
def feedstock_energy(x, d, r, p):
    """Energy products used as material (FEED).

    feedstock_energy[r,p] = sum over t,c of feedstock_use[r,t,c,p] / PJ_PER_MTCE
    """
    return sum(x.feedstock_use[r, t, c, p] for t, c in d.feedstock_terms[r, p]) / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="非化石能源消费")
def non_fossil_energy(x, d, r, p):
    """Non-fossil energy in the official share: in the province less sent out, plus received.

    D2: NF = kappa * (G_nf - EXPNF + sum over lines of nf * IMP) + BIO
    non_fossil_energy[r,p] = kappa[p] * (primary_electricity[r,p]
        + net_imported_non_fossil_electricity[r,p]) / PJ_PER_MTCE + biomass_energy[r,p]
    """
    electricity = x.primary_electricity[r, p] + x.net_imported_non_fossil_electricity[r, p]
    return d.kappa[p] * electricity / PJ_PER_MTCE + x.biomass_energy[r, p]


@quantity(over="accounts", unit="Mtce", zh="能源消费总量（R0）")
def energy_total(x, d, r, p):
    """Total energy consumption as the statistics define it (regime R0).

    D1: EP = sum over f of F + kappa * (G_nf + IMP - EXP) + BIO
    energy_total[r,p] = fossil_energy[r,p] + biomass_energy[r,p]
        + kappa[p] * (primary_electricity[r,p] + net_imported_electricity[r,p]) / PJ_PER_MTCE
    """
    electricity = x.primary_electricity[r, p] + x.net_imported_electricity[r, p]
    fuels = x.fossil_energy[r, p] + x.biomass_energy[r, p]
    return fuels + d.kappa[p] * electricity / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="能源消费总量（R1，总量控制）")
def energy_total_r1(x, d, r, p):
    """Energy under total control in regime R1: no feedstock, no growth of renewable electricity.

    D3: ER1tot = EP - FEED - kappa * (RE - RE of the base year)
    energy_total_r1[r,p] = energy_total[r,p] - feedstock_energy[r,p] - kappa[p]
        * (renewable_electricity[r,p] - renewable_electricity[r,base_period]) / PJ_PER_MTCE
    """
    growth = x.renewable_electricity[r, p] - x.renewable_electricity[r, d.base_period[p]]
    return x.energy_total[r, p] - x.feedstock_energy[r, p] - d.kappa[p] * growth / PJ_PER_MTCE


@quantity(over="accounts", unit="Mtce", zh="能源消费总量（R1，强度）")
def energy_total_r1_intensity(x, d, r, p):
    """Energy for the intensity in regime R1: no feedstock, renewables still counted.

    D3: ER1int = EP - FEED
    energy_total_r1_intensity[r,p] = energy_total[r,p] - feedstock_energy[r,p]
    """
    return x.energy_total[r, p] - x.feedstock_energy[r, p]


@quantity(over="accounts", unit="Mtce", zh="能源消费总量（R2）")
def energy_total_r2(x, d, r, p):
    """Assessed energy in regime R2: fossil fuels without feedstock, and imported thermal power.

    D4: ER2 = EP - FEED - NF (no certificates)
    energy_total_r2[r,p] = energy_total[r,p] - feedstock_energy[r,p] - non_fossil_energy[r,p]
    """
    return x.energy_total[r, p] - x.feedstock_energy[r, p] - x.non_fossil_energy[r, p]
