"""The first gate: no number of the system is missing or infinite.

The gate on the matrix cannot see what became no row at all: a bound that is NaN compares as false.
"""

from collections.abc import Iterator

import numpy as np

from carbonpath.errors import ModelError
from carbonpath.system.parameter import Parameter
from carbonpath.system.system import EnergySystem


def check_finite(system: EnergySystem) -> None:
    """Raise a ModelError that names every parameter and limit with a number that is none."""
    problems = [
        sentence
        for _, parameter in sorted(system.parameters.items())
        for sentence in _of_parameter(parameter, system)
    ]
    for limit in system.limits:
        for period, value in limit.values.items():
            if not np.isfinite(value):
                where = limit.origin or f"limit {limit.id}"
                problems.append(f"{where}: {limit.id} in {period or 'the horizon'} is {value}")
    if problems:
        raise ModelError(problems, code="E408")


def _of_parameter(parameter: Parameter, system: EnergySystem) -> Iterator[str]:
    """Name the first value of a parameter that is not finite, and how many there are."""
    bad = np.flatnonzero(~np.isfinite(parameter.values))
    if not len(bad):
        return
    first = int(bad[0])
    labels = system.decode(parameter.dims, parameter.keys[first : first + 1]).iloc[0]
    where = f"{parameter.origins[first]}: " if parameter.origins else ""
    more = f", and {len(bad) - 1} more of its values" if len(bad) > 1 else ""
    value, key = parameter.values[first], ", ".join(map(str, labels))
    yield f"{where}{parameter.name}[{key}] is {value}{more}; give a finite number"
