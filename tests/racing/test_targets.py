"""Every workload reaches its target by its own recipe."""

import pytest

import steepest
from steepest.workloads.registry import WORKLOADS

LARGE = ("mnist-cnn", "mnist-lenet5", "mnist-rows-lstm")  # minutes in full: benchmarks/targets.py trains those
SMALL = [name for name in WORKLOADS if WORKLOADS.load(name).target and name not in LARGE]


@pytest.mark.parametrize("name", SMALL)
def test_a_workload_reaches_its_target_by_its_own_recipe(name: str) -> None:
    target = WORKLOADS.load(name).target
    run = steepest.train(name, seed=0)
    assert run.metrics[f"test_{target.metric}"] >= target.value


@pytest.mark.parametrize("name", LARGE)
def test_a_large_workload_learns_in_its_quick_form(name: str) -> None:
    run = steepest.train(name, seed=0, quick=True, samples=5_000)
    assert run.metrics["test_accuracy"] > 0.7  # an LSTM has seen 79 batches by then


def test_adam_is_ahead_of_descent_and_momentum_on_the_moons() -> None:
    race = steepest.race("moons-deep", ["sgd", "momentum", "adam"], lr=7e-4, seeds=2)
    mean = {row["optimizer"]: row["mean"] for row in race.ranking}
    assert mean["adam"] > max(mean["sgd"], mean["momentum"]) + 0.02
