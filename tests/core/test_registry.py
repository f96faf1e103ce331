import pytest

from steepest.core.errors import UnknownName
from steepest.core.registry import Registry
from steepest.optimizers.registry import OPTIMIZERS
from steepest.schedules.registry import SCHEDULES
from steepest.workloads.registry import WORKLOADS


def test_a_near_name_is_suggested_and_a_far_one_gets_the_list() -> None:
    with pytest.raises(UnknownName, match="unknown optimizer 'adma'; did you mean 'adam'"):
        OPTIMIZERS.check("adma")
    with pytest.raises(UnknownName, match="known: a, b"):
        Registry("letter", "nowhere", ("a", "b")).check("zzz")


@pytest.mark.parametrize("registry", [OPTIMIZERS, SCHEDULES, WORKLOADS])
def test_every_name_loads(registry: Registry) -> None:
    assert len(registry) == len(set(registry)) > 5
    for name in registry:
        assert registry.load(name) is not None
