import numpy as np
import pandas
import pytest

from steepest.core.errors import BadValue
from steepest.data.splits import Split, Splits


def test_first_keeps_pairs_together():
    split = Split(np.arange(6).reshape(3, 2), np.arange(3))
    assert len(split) == 3
    assert split.first(2).x.tolist() == [[0, 1], [2, 3]]
    assert split.first(2).y.tolist() == [0, 1]
    assert len(split.first(9)) == 3


def test_unequal_lengths_are_refused():
    with pytest.raises(BadValue, match="3 inputs but 2 targets"):
        Split(np.zeros((3, 1)), np.zeros(2))


def test_a_frame_s_columns_keep_their_names():
    frame = pandas.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})
    part = Split(frame, [0, 1])
    assert (
        Splits(part, part, Split(frame.astype(np.float32), [0, 1])).test.columns == part.first(1).columns == ("a", "b")
    )
    assert Split(frame.to_numpy(), [0, 1]).columns == Split(pandas.DataFrame(frame.to_numpy()), [0, 1]).columns == ()
    with pytest.raises(BadValue, match="the test split has other columns"):
        Splits(part, part, Split(frame[["b", "a"]], [0, 1]))
