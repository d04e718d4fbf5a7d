"""A number that is none never reaches the solver: every parameter and limit in turn."""

from dataclasses import replace

import numpy as np
import pytest

from carbonpath.errors import ModelError
from carbonpath.inputs.load import load
from carbonpath.model.build import build
from carbonpath.system.system import EnergySystem
from tests.inputs.good import written

NONE = (np.nan, np.inf, -np.inf)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> EnergySystem:
    return load(written(tmp_path_factory.mktemp("good")))


def refused(system: EnergySystem) -> list[str]:
    with pytest.raises(ModelError) as caught:
        build(system)
    return caught.value.problems


@pytest.mark.parametrize("value", NONE)
def test_every_parameter_is_guarded(system: EnergySystem, value: float) -> None:
    """The first and the last value, also those that would make no row."""
    tried = 0
    for name, parameter in system.parameters.items():
        for at in {0, len(parameter) - 1} if len(parameter) else ():
            values = parameter.values.copy()
            values[at] = value
            changed = replace(parameter, values=values)
            (told,) = refused(replace(system, parameters={**system.parameters, name: changed}))
            assert f"{name}[" in told
            assert f"] is {value}" in told
            tried += 1
    assert tried > 30


def test_every_limit_is_guarded(system: EnergySystem) -> None:
    """Also one that is only tracked; the place it comes from is named."""
    for limit in system.limits:
        broken = replace(limit, values=dict.fromkeys(limit.values, np.nan))
        others = tuple(broken if other is limit else other for other in system.limits)
        told = refused(replace(system, limits=others))
        assert len(told) == len(limit.values)
        assert all(limit.id in sentence and limit.origin in sentence for sentence in told)


def test_a_sound_system_passes(system: EnergySystem) -> None:
    assert build(system).linear.matrix.nnz > 100
