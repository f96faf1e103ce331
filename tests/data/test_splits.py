import numpy as np
import pytest

from steepest.core.errors import BadValue
from steepest.data.splits import Split


def test_first_keeps_pairs_together():
    split = Split(np.arange(6).reshape(3, 2), np.arange(3))
    assert len(split) == 3
    assert split.first(2).x.tolist() == [[0, 1], [2, 3]]
    assert split.first(2).y.tolist() == [0, 1]
    assert len(split.first(9)) == 3


def test_unequal_lengths_are_refused():
    with pytest.raises(BadValue, match="3 inputs but 2 targets"):
        Split(np.zeros((3, 1)), np.zeros(2))
