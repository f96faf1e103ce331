import numpy as np
import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.data.scaling import SCALINGS, fit


def apply(name, x):
    shift, scale = fit(name, x)
    assert shift.dtype == scale.dtype == np.float32
    np.broadcast_shapes(shift.shape, x.shape[1:])
    return (x.astype(np.float32) - shift) * scale


def test_standardise_by_the_training_statistics():
    x = (np.random.default_rng(0).normal(size=(10_000, 3)) * [1, 50, 1e-3] + [0, 7, 3]).astype(np.float32)
    scaled = apply("standardise", x)
    # the mean is held as float32: 3 ± 1e-7, in units of σ = 1e-3, is ± 2e-4
    np.testing.assert_allclose(scaled.mean(0, dtype=float), 0, atol=2e-4)
    np.testing.assert_allclose(scaled.std(0, dtype=float), 1, rtol=1e-5)


@pytest.mark.parametrize("name", SCALINGS)
def test_a_feature_that_never_varies_is_divided_by_one(name):
    x = np.full((7, 2), 0.1, np.float32)
    assert fit(name, x)[1].max() == 1
    assert np.isfinite(apply(name, x)).all()


def test_unit_of_bytes_tables_and_pictures():
    assert fit("unit", np.zeros((2, 28, 28), np.uint8)) == (0, np.float32(1 / 255))
    table = np.array([[1, 10], [3, 30], [2, 20]], np.float32)
    np.testing.assert_allclose(apply("unit", table), [[0, 0], [1, 1], [0.5, 0.5]])
    pictures = np.array([[[0, 4]], [[8, 16]]], np.float32)
    np.testing.assert_array_equal(apply("unit", pictures), pictures / 16)


def test_bytes_are_summed_without_overflow():
    x = np.tile(np.array([[255, 0], [253, 0]], np.uint8), (5_000, 1))
    shift, scale = fit("standardise", x)
    assert shift.tolist() == [254, 0]
    assert scale.tolist() == [1, 1]


def test_none_changes_nothing():
    x = np.arange(6, dtype=np.float32).reshape(3, 2)
    np.testing.assert_array_equal(apply("none", x), x)


def test_bad_input():
    with pytest.raises(UnknownName, match="did you mean 'standardise'"):
        fit("standardize", np.ones((2, 2)))
    with pytest.raises(BadValue, match="NaN"):
        fit("none", np.array([[np.nan]]))
    with pytest.raises(BadValue, match="got none"):
        fit("unit", np.zeros((0, 3)))
