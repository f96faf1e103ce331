"""Every workload reaches its target by its own recipe."""

import pytest

import steepest
from steepest.workloads.registry import WORKLOADS

TARGETS = [name for name in WORKLOADS if WORKLOADS.load(name).target]


@pytest.mark.parametrize("name", TARGETS)
def test_a_workload_reaches_its_target_by_its_own_recipe(name: str) -> None:
    target = WORKLOADS.load(name).target
    run = steepest.train(name, seed=0)
    assert run.metrics[f"test_{target.metric}"] >= target.value


def test_adam_is_ahead_of_descent_and_momentum_on_the_moons() -> None:
    race = steepest.race("moons-deep", ["sgd", "momentum", "adam"], lr=7e-4, seeds=2)
    mean = {row["optimizer"]: row["mean"] for row in race.ranking}
    assert mean["adam"] > max(mean["sgd"], mean["momentum"]) + 0.02
