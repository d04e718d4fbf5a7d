"""The statutory CO2 totals: C0 with non-energy use, C1 with process emissions instead.

Both add net imported electricity by line. Sinks, bunkers and other gases stand apart.
Captured carbon is already out of the combustion and process flows.
"""

from carbonpath.model.declare import quantity


@quantity(over="ledgers", unit="Mt", zh="能源活动二氧化碳")
def co2_energy(x, d, r, p):
    """CO2 of burning fuels in the province, less what is captured: sum of ef * F_en.

    co2_energy[r,p] = sum over t,c of emissions[r,t,c,p]
    """
    return sum(x.emissions[r, t, c, p] for t, c in d.co2_terms[r, p])


@quantity(over="ledgers", unit="Mt", zh="工业过程二氧化碳")
def co2_process_total(x, d, r, p):
    """CO2 of industrial processes, less what is captured: sum of efp * Q.

    co2_process_total[r,p] = sum over t,c of emissions[r,t,c,p]
    """
    return sum(x.emissions[r, t, c, p] for t, c in d.co2_process_terms[r, p])


@quantity(over="ledgers", unit="Mt", zh="原料用能二氧化碳")
def co2_feedstock_total(x, d, r, p):
    """CO2 that the carbon of feedstock stands for: sum of ef * F_feed.

    co2_feedstock_total[r,p] = sum over t,c of emissions[r,t,c,p]
    """
    return sum(x.emissions[r, t, c, p] for t, c in d.co2_feedstock_terms[r, p])


@quantity(over="ledgers", unit="Mt", zh="净调入电力二氧化碳")
def co2_imported(x, d, r, p):
    """CO2 of net imported electricity by line: sum of efi * IMP - efx * EXP.

    co2_imported[r,p] = sum over t,c of emissions[r,t,c,p]
    """
    return sum(x.emissions[r, t, c, p] for t, c in d.co2_import_terms[r, p])


@quantity(over="ledgers", unit="Mt", zh="属地二氧化碳（C0）")
def co2_territorial_c0(x, d, r, p):
    """CO2 in the province in scope C0: fuels including non-energy use, no processes.

    co2_territorial_c0[r,p] = co2_energy[r,p] + co2_feedstock_total[r,p]
    """
    return x.co2_energy[r, p] + x.co2_feedstock_total[r, p]


@quantity(over="ledgers", unit="Mt", zh="属地二氧化碳（C1）")
def co2_territorial_c1(x, d, r, p):
    """CO2 in the province in scope C1: fuels without non-energy use, and processes.

    co2_territorial_c1[r,p] = co2_energy[r,p] + co2_process_total[r,p]
    """
    return x.co2_energy[r, p] + x.co2_process_total[r, p]


@quantity(over="ledgers", unit="Mt", zh="二氧化碳（C0）")
def co2_c0(x, d, r, p):
    """Assessed CO2 in scope C0, net imported electricity included (D5, thC0 = 1, thC1 = 0).

    co2_c0[r,p] = co2_territorial_c0[r,p] + co2_imported[r,p]
    """
    return x.co2_territorial_c0[r, p] + x.co2_imported[r, p]


@quantity(over="ledgers", unit="Mt", zh="二氧化碳（C1）")
def co2_c1(x, d, r, p):
    """Assessed CO2 in scope C1, net imported electricity included (D5, thC0 = 0, thC1 = 1).

    co2_c1[r,p] = co2_territorial_c1[r,p] + co2_imported[r,p]
    """
    return x.co2_territorial_c1[r, p] + x.co2_imported[r, p]
