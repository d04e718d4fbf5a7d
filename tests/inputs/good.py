"""A small dataset without a fault, as texts by file name; every test changes one thing in it.

A grid with coal, wind and a battery by the hour, heat pumps and lamps by the year, steel with a
feedstock, a driver with a share, soft and hard limits, history, a peak situation, options.
"""

from pathlib import Path

from carbonpath.inputs import Examination, examine

HOURS = "".join(
    f"{name},{day},{month},{hour},{value}\n"
    for name, day, value in (
        ("load_flat", "typical", 1),
        ("wind", "typical", 0.3),
        ("wind", "low", 0.1),
    )
    for month in range(1, 13)
    for hour in range(24)
)
GOOD: dict[str, str] = {
    "scenarios/good.yaml": """\
schema: carbonpath/scenario/1
title: {zh: 好, en: Good}
dataset: small
horizon:
  periods: [2020, 2025, 2030]
  slices: {seasons: 4, blocks: 2}
""",
    "inputs/small/dataset.yaml": """\
schema: carbonpath/dataset/1
title: {zh: 小, en: Small}
base_year: 2020
discount_rate: 5 %/yr
low_days: {spring: 5, summer: 5, autumn: 5, winter: 5}
options:
  innovation: {default: reference, values: [slow, reference, fast]}
""",
    "inputs/small/sources.csv": """\
source,title,publisher,number,year,licence
book,A book,A publisher,,2020,CC-BY-4.0
assumption,Own assumption,,,,
""",
    "inputs/small/regions.csv": "region,label_zh,label_en\nhere,此地,Here\n",
    "inputs/small/commodities.csv": """\
commodity,kind,time_level,unit,carrier,cycle,label_zh,label_en
coal,energy,annual,PJ,coal,,煤,Coal
electricity,energy,slice,PJ,electricity,,电,Electricity
battery_energy,stored,slice,PJ,electricity,day,电池,Battery
warmth,service,annual,PJ,,,供暖,Warmth
light,service,slice,PJ,,,照明,Light
steel,material,annual,Mt,,,钢,Steel
co2,emission,annual,Mt,,,二氧化碳,CO2
co2_feedstock,emission,annual,Mt,,,原料碳,Carbon of feedstock
""",
    "inputs/small/accounting.csv": """\
parameter,key,period,between,value,unit,source,quality
co2_factor,coal,,,2.66,t CO2/tce,book,official
physical_factor,coal,,,1.4,t/tce,book,official
kappa,,2020,linear,300,gce/kWh,book,official
kappa,,2030,linear,290,gce/kWh,book,official
""",
    "inputs/small/drivers.csv": """\
driver,period,of,between,value,unit,source,quality,known_since
gdp,2020,,geometric,1000,1e8 CNY_2020,book,official,
gdp,2030,,geometric,2000,1e8 CNY_2020,book,assumed,2019
gdp_services,,gdp,,50,%,book,derived,
""",
    "inputs/small/situations.csv": """\
situation,season_month,hour,margin,peak_load,unit,source,quality
evening,1,19,0.1,2,GW,book,official
""",
    "inputs/small/prices.csv": """\
id,commodity,period,between,value,unit,source,quality
ets,co2,2025,hold,50,CNY_2020/t,book,official
""",
    "inputs/small/statistics.csv": """\
series,key,period,value,unit,source,quality
energy_consumption,R0,2015,100,Mtce,book,official
""",
    "inputs/small/shapes.csv": "profile,day,month,hour,value\n" + HOURS,
    "inputs/small/sectors/energy/sector.yaml": "label: {zh: 能源, en: Energy}\norder: 1\n",
    "inputs/small/sectors/energy/technologies.csv": """\
technology,role,group,primary,time_level,capacity_unit,activity_unit,label_zh,label_en
coal_supply,supply,supply,,annual,,PJ,煤供应,Coal supply
coal_plant,generation,coal,,slice,GW,PJ,煤电,Coal plant
wind_farm,generation,wind,wind,slice,GW,PJ,风电,Wind farm
battery,storage,storage,,slice,GW,PJ,电池,Battery
""",
    "inputs/small/sectors/energy/flows.csv": """\
technology,mode,commodity,per,use,period,when,between,value,unit,source,quality
coal_supply,,coal,,,,,,1,PJ/PJ,book,derived
coal_plant,,electricity,,,,,,1,PJ/PJ,book,derived
coal_plant,,coal,,fuel,2020,,linear,-300,gce/kWh,book,official
coal_plant,,coal,,fuel,2030,,linear,-280,gce/kWh,book,assumed
wind_farm,,electricity,,,,,,1,PJ/PJ,book,derived
battery,charge,electricity,,,,,,-1,PJ/PJ,book,derived
battery,charge,battery_energy,,,,,,0.9,PJ/PJ,book,derived
battery,discharge,battery_energy,,,,,,-1,PJ/PJ,book,derived
battery,discharge,electricity,,,,,,0.9,PJ/PJ,book,derived
battery,,battery_energy,capacity,,,,,4,GWh/GW,book,derived
""",
    "inputs/small/sectors/energy/parameters.csv": """\
technology,parameter,mode,situation,period,when,between,value,unit,source,quality
coal_supply,variable_cost,,,,,,800,CNY_2020/tce,book,official
coal_plant,capacity_to_activity,,,,,,8760,h/yr,book,derived
coal_plant,availability,,,,,,85,%,book,derived
coal_plant,investment_cost,,,,,,4000,CNY_2020/kW,book,derived
coal_plant,lifetime,,,,,,40,yr,book,derived
coal_plant,hurdle_rate,,,,,,8,%/yr,book,derived
coal_plant,capacity_credit,,evening,,,,0.9,1,book,derived
coal_plant,build_floor,,,2023,,,0.5,GW/yr,book,derived
wind_farm,capacity_to_activity,,,,,,8760,h/yr,book,derived
wind_farm,investment_cost,,,2020,,linear,8000,CNY_2020/kW,book,derived
wind_farm,investment_cost,,,2030,,linear,6000,CNY_2020/kW,book,assumed
wind_farm,investment_cost,,,2020,innovation=fast,linear,8000,CNY_2020/kW,book,assumed
wind_farm,investment_cost,,,2030,innovation=fast,linear,5000,CNY_2020/kW,book,assumed
wind_farm,lifetime,,,,,,25,yr,book,derived
wind_farm,hurdle_rate,,,,,,8,%/yr,book,derived
battery,capacity_to_activity,,,,,,8760,h/yr,book,derived
battery,investment_cost,,,,,,6000,CNY_2020/kW,book,derived
battery,lifetime,,,,,,15,yr,book,derived
battery,hurdle_rate,,,,,,8,%/yr,book,derived
battery,variable_cost,discharge,,,,,10,CNY_2020/MWh,book,derived
""",
    "inputs/small/sectors/energy/stock.csv": """\
technology,vintage,value,unit,source,quality
coal_plant,2010,3,GW,book,official
""",
    "inputs/small/sectors/energy/profiles.csv": """\
technology,commodity,purpose,profile,mean,source,quality
wind_farm,,capacity_factor,wind,0.25,book,derived
""",
    "inputs/small/sectors/energy/limits.csv": """\
id,period,quantity,technology,commodity,group,of,of_technology,of_commodity,lag,per,sense,between,value,unit,mode,price,price_unit,source,quality
wind_share,2030,output,wind_*,electricity,,output,,electricity,,,>=,,20,%,soft,500,CNY_2020/MWh,book,official
coal_cap,2025,coal_consumption,,,,,,,,,<=,,20,Mt,hard,,,book,official
intensity,2025,energy_total,,,,energy_total,,,base,gdp,<=,,0.9,1,track,,,book,official
""",
    "inputs/small/sectors/use/sector.yaml": "label: {zh: 终端, en: End use}\norder: 2\n",
    "inputs/small/sectors/use/technologies.csv": """\
technology,role,group,time_level,activity_unit,label_zh,label_en
heat_pump,end_use,heating,annual,PJ,热泵,Heat pump
lamp,end_use,lighting,slice,PJ,灯,Lamp
blast_furnace,end_use,steel,annual,Mt,高炉,Blast furnace
""",
    "inputs/small/sectors/use/flows.csv": """\
technology,commodity,use,value,unit,source,quality
heat_pump,warmth,,1,PJ/PJ,book,derived
heat_pump,electricity,,-0.33,PJ/PJ,book,derived
lamp,light,,1,PJ/PJ,book,derived
lamp,electricity,,-1,PJ/PJ,book,derived
blast_furnace,steel,,1,t/t,book,derived
blast_furnace,coal,fuel,-0.3,tce/t,book,derived
blast_furnace,coal,feedstock,-0.2,tce/t,book,derived
""",
    "inputs/small/sectors/use/profiles.csv": """\
technology,commodity,purpose,profile,source,quality
heat_pump,electricity,shape,load_flat,book,derived
,light,demand,load_flat,book,derived
""",
    "inputs/small/sectors/use/demands.csv": """\
commodity,period,between,value,unit,driver,source,quality
warmth,2020,,10,TWh,gdp_services,book,derived
light,2020,linear,1,TWh,,book,derived
light,2030,linear,2,TWh,,book,assumed
steel,,,10,Mt,,book,derived
""",
    "inputs/small/sectors/use/elasticities.csv": """\
commodity,period,value,unit,source,quality
warmth,,0.5,1,book,assumed
""",
    "inputs/small/sectors/use/history.csv": """\
id,period,quantity,technology,commodity,value,unit,source,quality
warmth_2020,2020,output,heat_pump,warmth,10,TWh,book,official
""",
}
ENERGY, USE = "inputs/small/sectors/energy", "inputs/small/sectors/use"


def written(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a project and return its scenario file."""
    for name, text in (GOOD if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "scenarios" / "good.yaml"


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """Return the good files with one text replaced, which must be there exactly once."""
    assert GOOD[name].count(old) == 1, f"{old!r} stands {GOOD[name].count(old)} times in {name}"
    return {**GOOD, name: GOOD[name].replace(old, new)}


def examined(folder: Path, files: dict[str, str] | None = None) -> Examination:
    """Write a project and examine its scenario."""
    return examine(written(folder, files))
