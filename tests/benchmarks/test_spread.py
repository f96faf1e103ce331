"""The arithmetic behind every published figure, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.spread import Spread, agreement, matched, ratios, spread


def test_a_spread_is_least_middle_greatest():
    assert spread([3.0, 1.0, 2.0]) == Spread(1.0, 2.0, 3.0, 3)
    assert spread([4.0, 1.0, 2.0, 3.0]).median == 2.5


def test_a_spread_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        spread([])


def test_ratios_are_taken_round_by_round():
    # the ratio of medians would be 3 / 2; the median of ratios is 1
    assert ratios([1.0, 2.0, 4.0], [3.0, 2.0, 4.0]) == [3.0, 1.0, 1.0]


def test_ratios_of_unequal_rounds_are_refused():
    with pytest.raises(ValueError, match="zip"):
        ratios([1.0], [1.0, 2.0])


def run(rate: float, accuracy: float | None, seed: int = 0) -> dict:
    return {"optimizer": "adam", "rate": rate, "seed": seed, "accuracy": accuracy}


def test_only_runs_that_both_did_are_compared():
    ours = [run(0.1, 0.9), run(0.2, 0.8), run(0.3, 0.1), run(0.1, 0.5, seed=1)]
    theirs = [run(0.2, 0.7), run(0.1, 0.9)]
    assert matched(ours, theirs) == (pytest.approx(0.85), pytest.approx(0.8), 2)


def test_a_run_that_failed_on_a_side_is_left_out():
    assert matched([run(0.1, None), run(0.2, 0.8)], [run(0.1, 0.1), run(0.2, float("nan"))]) is None


def test_rates_match_through_single_precision():
    assert matched([run(0.0031622776, 0.9)], [run(0.00316228, 0.8)]) == (0.9, 0.8, 1)


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        ([0.97], [0.975], True),
        ([0.97], [0.95], False),
        ([0.970, 0.971, 0.969], [0.950, 0.951, 0.949], False),
        ([0.90, 0.97, 0.99], [0.88, 0.95, 0.97], True),  # 0.02 apart, but three standard errors are 0.12
    ],
)
def test_agreement(ours: list[float], theirs: list[float], agree: bool):
    assert agreement(ours, theirs, tolerance=0.01) is agree
