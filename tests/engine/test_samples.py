import numpy as np
import pytest

from steepest.engine.samples import drawn, packed


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float32])
@pytest.mark.parametrize("shape", [(28, 28), (2, 2), (3, 5), ()])
def test_what_is_drawn_is_what_was_kept(dtype, shape):
    x = np.random.default_rng(0).integers(0, 256, (9, *shape)).astype(dtype)
    at = np.array([8, 0, 3, 3])
    got = drawn(np.asarray(packed(x)), at, shape, x.dtype)
    assert got.dtype == dtype
    np.testing.assert_array_equal(got, x[at])


def test_pictures_are_kept_as_words_in_as_many_bytes():
    x = np.zeros((5, 28, 28), np.uint8)
    assert packed(x).shape == (5, 196)
    assert packed(x).nbytes == x.nbytes
