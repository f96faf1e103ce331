"""The laws of the engine, on a real workload.

Bit for bit means equal arrays. Where the width differs, XLA may order a sum differently; what was measured on
digits-mlp after 69 Adam steps is 3e-7 of the largest parameter, so 1e-5 is a wide berth and still far below what any
mistake would do.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import steepest
from steepest.core.status import Status
from steepest.engine.lane import Lane

RATES = (1e-3, 1e-2, 1e-1)


def race(*optimizers: str, **options: Any) -> steepest.Race:
    return steepest.race("digits-mlp", optimizers, **{"seeds": [0, 1], "epochs": 3, **options})


def parameters(race: steepest.Race, label: str, rate: float, seed: int) -> dict[str, np.ndarray]:
    (run,) = [
        r for r in race.runs if r.optimizer == label and r.hyperparameters["learning_rate"] == rate and r.seed == seed
    ]
    return race.model(run.id)


def same_bits(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> bool:
    return a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a)


def test_a_lane_compiles_once(compilations: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    race("adam", lr=RATES, width=2)  # whatever small programs the host side needs are compiled by now
    inside = []
    original = Lane.compile

    def counted(self: Lane, data: Any) -> None:
        before = compilations()
        original(self, data)
        inside.append(compilations() - before)

    monkeypatch.setattr(Lane, "compile", counted)
    before = compilations()
    result = race("adam:beta1=0.5,0.9,epsilon=1e-8,1e-3", lr=RATES, l2=(0, 1e-3), width=3, seeds=3)
    assert len(result.runs) == 2 * 2 * 3 * 2 * 3
    assert inside == [3]  # one lane: init, advance and what is kept of a model
    assert compilations() - before == 3  # and nothing else, for 72 runs in twelve slabs over many chunks


def test_a_run_does_not_depend_on_who_races_beside_it() -> None:
    alone = race("adam", lr=1e-2, seeds=[1], width=4)
    among = race("momentum", "adam", lr=RATES, width=4)
    assert same_bits(parameters(alone, "adam", 1e-2, 1), parameters(among, "adam", 1e-2, 1))


def test_a_run_depends_on_the_width_by_rounding_only() -> None:
    one, five = (parameters(race("adam", lr=RATES, width=w), "adam", 1e-2, 0) for w in (1, 5))
    for name in one:
        scale = np.abs(one[name]).max()
        assert np.abs(one[name] - five[name]).max() <= 1e-5 * scale


def test_a_diverging_run_leaves_its_neighbours_untouched() -> None:
    rates = (1e-2, 1e30)
    mixed, calm = race("sgd", lr=rates, width=2), race("sgd", lr=(1e-2, 2e-2), width=2)
    wild = [r for r in mixed.runs if r.hyperparameters["learning_rate"] == 1e30]
    assert [r.status for r in wild] == [Status.DIVERGED] * 2
    assert all(r.metrics == {} and 1 <= r.steps <= 3 for r in wild)
    assert mixed.ranking[0]["diverged"] == 0
    assert mixed.everything[-1]["diverged"] == 2
    assert mixed.everything[-1]["mean"] is None
    for seed in (0, 1):
        assert same_bits(parameters(mixed, "sgd", 1e-2, seed), parameters(calm, "sgd", 1e-2, seed))


def test_runs_of_a_seed_start_from_the_same_draw() -> None:
    still = race("sgd", "adam", lr=(0.0,), epochs=1)
    assert same_bits(parameters(still, "sgd", 0.0, 0), parameters(still, "adam", 0.0, 0))
    assert not same_bits(parameters(still, "sgd", 0.0, 0), parameters(still, "sgd", 0.0, 1))


def test_a_race_larger_than_memory_runs_in_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    import steepest.racing.runner as runner

    whole = race("adam", lr=RATES, width=1)
    monkeypatch.setattr(runner, "MEMORY_BYTES", 1)
    cut = race("adam", lr=RATES, width=1)
    assert [r.metrics for r in whole.runs] == [r.metrics for r in cut.runs]
