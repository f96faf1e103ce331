"""Heights as shares of their range, by hand."""

import math

import pytest

from steepest.view.heights import lifted


def test_both_scales_end_at_0_and_1_and_holes_stay() -> None:
    assert lifted([[2, 4], [None, 3]], "linear") == [[0, 1], [None, 0.5]]
    (low, middle), (hole, high) = lifted([[2, 3], [None, 4]], "log")
    assert (low, hole, high) == (0, None, 1)
    assert middle == pytest.approx(math.log(5001) / math.log(10001))  # half of the range, over a floor of 1e-4
    assert lifted([[5, 5]]) == [[0, 0]]
    assert lifted([[None]]) == [[None]]
