"""Every decision variable: where it exists, its unit and its meaning. All are non-negative."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VariableSpec:
    """One decision variable; `whole` where only whole numbers make sense."""

    name: str
    over: str
    unit: str
    meaning: str
    zh: str
    whole: bool = False


VARIABLES = (
    VariableSpec(
        "activity", "activities", "act", "What a vintage does in a mode and time slice", "活动量"
    ),
    VariableSpec("new_capacity", "builds", "cap", "Capacity built in a period", "新增容量"),
    VariableSpec(
        "built_units", "unit_builds", "1", "Whole units built in a period", "新建台数", whole=True
    ),
    VariableSpec("capacity", "capacities", "cap", "Capacity that stands in a period", "容量"),
    VariableSpec(
        "retired_capacity", "closable_capacities", "cap",
        "Capacity closed early that would otherwise still stand", "提前退役容量",
    ),
    VariableSpec(
        "year_level", "carried_stores", "store", "Content of a store at the start of a period",
        "年初储量",
    ),
    VariableSpec(
        "sequence_level", "sequence_nodes", "store",
        "Content of a store at the end of a step of the sequence", "序列储能水平",
    ),
    VariableSpec(
        "storage_level", "stored_nodes", "store", "Content of a store at the end of a time slice",
        "储能水平",
    ),
)  # fmt: skip
