"""A trained network reads new rows: none, columns in any order, and refuses in one line what it cannot read."""

from functools import partial

import numpy as np
import pytest
from sklearn.datasets import load_wine

import steepest

FRAME, Y = load_wine(return_X_y=True, as_frame=True)


@pytest.fixture(scope="module")
def best() -> steepest.Run:
    wine = steepest.Workload(
        id="wine",
        network=partial(steepest.mlp, sizes=(13, 4, 3)),
        data=lambda: steepest.split(FRAME, Y),
        loss=steepest.losses.softmax_cross_entropy,
        metrics={"accuracy": steepest.metrics.accuracy},
        scaling="standardise",
        epochs=2,
    )
    return steepest.race(wine, "adam", lr=0.01, seeds=1).best


def test_no_rows_give_no_outputs(best: steepest.Run) -> None:
    outputs = best.predict(FRAME[:0])
    assert outputs.shape == (0, 3)
    assert outputs.dtype == best.predict(FRAME[:1]).dtype


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_named(best: steepest.Run, value: float) -> None:
    x = FRAME.to_numpy(copy=True)
    x[3, 1] = value
    with pytest.raises(steepest.BadValue, match=rf"x, row 3, column 'malic_acid' \(from 0\), is {value}; fill"):
        best.predict(x)


def test_columns_are_taken_by_name(best: steepest.Run) -> None:
    told = best.predict(FRAME)
    assert np.array_equal(best.predict(FRAME[FRAME.columns[::-1]].assign(more=1)), told)
    assert np.array_equal(best.predict(FRAME.to_numpy()), told)
    with pytest.raises(steepest.BadValue, match="x has no column 'ash'; give the columns that were raced on: alcohol"):
        best.predict(FRAME.rename(columns={"ash": "cinders"}))


def test_one_row_is_asked_for_as_rows(best: steepest.Run) -> None:
    with pytest.raises(steepest.BadValue, match=r"x is one row, of shape \[13\]; give x\[None\]"):
        best.predict(FRAME.to_numpy()[0])
