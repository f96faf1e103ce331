import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from steepest.core.errors import BadValue
from steepest.nn.pooling import average_pool, max_pool


def windowed(f, start, size):
    steps = (size, 1, size, 1)
    return lambda x: lax.reduce_window(x, start, f, steps, steps, "VALID")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_values_and_gradients_are_xlas(size):
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        x = jnp.asarray(draw(size=(7, 2, 8, 5)))
        largest = windowed(lax.max, -jnp.inf, size)
        for ours, plain in (
            (lambda x: max_pool(x, size), largest),
            (lambda x: average_pool(x, size), lambda x: windowed(lax.add, 0.0, size)(x) / size**2),
        ):
            np.testing.assert_allclose(ours(x), plain(x), rtol=1e-13, atol=1e-15)
            weight = draw(size=plain(x).shape)
            a, b = (jax.grad(lambda x, f=f, weight=weight: jnp.sum(f(x) * weight))(x) for f in (ours, plain))
            np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-15)


def test_equals_share_the_gradient():
    x = jnp.array([[3.0, 1, 2, 2], [3, 0, 2, 2]])[:, None, :, None]
    slope = jax.grad(lambda x: max_pool(x).sum())(x)[:, 0, :, 0]
    np.testing.assert_array_equal(slope, [[0.5, 0, 0.25, 0.25], [0.5, 0, 0.25, 0.25]])


def test_the_courses_pictures():
    x = jnp.array([[1.0, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])[:, None, :, None]
    np.testing.assert_array_equal(max_pool(x)[:, 0, :, 0], [[9, 2], [6, 3]])
    np.testing.assert_array_equal(average_pool(x)[:, 0, :, 0], [[3.75, 1.25], [3.75, 2]])


def test_a_window_larger_than_the_picture_is_refused():
    for size in (0, 3):
        with pytest.raises(BadValue, match="window"):
            max_pool(jnp.zeros((2, 1, 2, 1)), size)
