"""Time left on synthetic progress: races whose every second is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steepest.racing.time_left import Pace, seconds_left

RATE, COMPILE = 1000.0, 6.0  # steps a second, seconds a program


def test_nothing_is_said_before_a_step_is_timed() -> None:
    assert seconds_left([Pace(1000), Pace(1000)], 3.0) is None
    assert seconds_left([Pace(1000, compile_s=2.0)], 3.0) is None


def test_the_speed_does_not_count_compiling() -> None:
    """A program compiled for 20 s, then 1 % made in a tenth of a second: ten seconds are left, not forty minutes."""
    assert seconds_left([Pace(9900, 100, 0.1, 20.0)], 0.0) == pytest.approx(9.9)


@pytest.mark.parametrize("work", [1.0, 4.0, 30.0])
@pytest.mark.parametrize("lanes", [1, 2, 4])
def test_a_race_played_through(lanes: int, work: float) -> None:
    """Lanes compiled one after another while those that are there make their steps; told once a tenth of a second."""
    ready = [COMPILE * (i + 1) for i in range(lanes)]
    end = 0.0
    for at in ready:
        end = max(end, at) + work
    paces = [Pace(round(work * RATE)) for _ in range(lanes)]
    tick, now = 0.1, 0.0
    while any(pace.left for pace in paces):
        now += tick
        for pace, at in zip(paces, ready, strict=True):
            pace.compile_s = COMPILE if now > at + tick / 2 else 0.0
        there = [pace for pace in paces if pace.compile_s and pace.left]
        if there:
            there[0].left -= round(tick * RATE)
            there[0].made += round(tick * RATE)
            there[0].seconds += tick
        since = now - max([0.0, *(at for at in ready if at < now - tick / 2)])
        left = seconds_left(paces, since)
        assert (left is None) == (not any(pace.made for pace in paces))
        if left is not None:
            assert left == pytest.approx(end - now, abs=3 * tick)  # the clock of this test is that coarse
    assert now == pytest.approx(end, abs=3 * tick)


def test_a_lane_that_is_not_there_yet_takes_the_others_speed_and_compiling() -> None:
    known = Pace(0, 1000, 1.0, 5.0)
    assert seconds_left([known, Pace(2000)], 1.0) == pytest.approx(4.0 + 2.0)
    assert seconds_left([replace(known, left=10_000), Pace(2000)], 1.0) == pytest.approx(10.0 + 2.0)
    assert seconds_left([known, Pace(2000)], 60.0) == pytest.approx(2.0)  # it takes longer than the others took
    assert seconds_left([known, Pace(0)], 0.0) == 0.0  # nothing to be made: its program is not waited for
