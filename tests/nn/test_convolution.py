"""Against XLA's own convolution in float64: other sums of up to a hundred terms, hence 1e-12."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from steepest.core.errors import BadValue
from steepest.nn.convolution import Conv2d, convolve, planes
from steepest.nn.pooling import max_pool

KEY = jax.random.key(0)
CASES = [
    (1, 1, "valid"), (3, 1, "valid"), (3, 1, "same"), (5, 1, "same"), (3, 2, "valid"), (3, 2, "same"), (2, 3, "valid"),
]  # fmt: skip


def xla(x, weight, bias, stride, padding):
    P = (weight.shape[0] - 1) // 2 if padding == "same" else 0
    dimensions = ("CHWN", "HWIO", "CHWN")
    x = x.swapaxes(0, 1)
    y = lax.conv_general_dilated(x, weight, (stride, stride), ((P, P), (P, P)), dimension_numbers=dimensions)
    return (y + bias[:, None, None, None]).swapaxes(0, 1)


def close(a, b):
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12 * np.abs(b).max()), a, b)


@pytest.mark.parametrize(("size", "stride", "padding"), CASES)
@pytest.mark.parametrize("pool", [1, 2])
def test_values_and_gradients_are_xlas_alone_and_in_a_lane(size, stride, padding, pool):
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        runs, outputs = 3, 4
        layer = Conv2d(KEY, 2, outputs, size, stride=stride, padding=padding)
        x = jnp.asarray(draw(size=(8, 2, 9, 5)))
        weight, bias = jnp.asarray(draw(size=(runs, *layer.weight.shape))), jnp.asarray(draw(size=(runs, outputs)))

        def ours(x, weight, bias):
            built = jax.tree.unflatten(jax.tree.structure(layer), [weight, bias])
            return built.pooled(x, pool)

        def plain(x, weight, bias):
            return max_pool(xla(x, weight, bias, stride, padding), pool)

        out = draw(size=plain(x, weight[0], bias[0]).shape)

        def both(f):
            def scalar(x, weight, bias):
                return jnp.sum(jnp.sin(f(x, weight, bias)) * out)

            all_of = jax.value_and_grad(scalar, (0, 1, 2))
            lane = jax.vmap(all_of, (None, 0, 0))
            return f(x, weight[0], bias[0]), all_of(x, weight[0], bias[0]), lane(x, weight, bias)

        close(*jax.jit(lambda: (both(ours), both(plain)))())


def test_hessian_times_vector():
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        x, weight, v = (jnp.asarray(draw(size=s)) for s in ((6, 2, 6, 3), (3, 3, 2, 4), (3, 3, 2, 4)))

        def product(f):
            return jax.jvp(jax.grad(lambda w: jnp.sum(f(x, w) ** 3)), (weight,), (v,))[1]

        ours = lambda x, w: convolve(x, w, 1, 2)  # noqa: E731
        plain = lambda x, w: max_pool(xla(x, w, jnp.zeros(4), 1, "valid"))  # noqa: E731
        close(*jax.jit(lambda: (product(ours), product(plain)))())


def test_an_edge_is_found():
    # the course's picture: left half 10, right half 0; a vertical-edge filter answers 30 in the middle
    picture = np.repeat([[10.0, 10, 10, 0, 0, 0]], 6, axis=0)[None]
    edge = np.array([[1.0, 0, -1]] * 3)[:, :, None, None]
    np.testing.assert_array_equal(convolve(planes(picture), edge)[:, 0, :, 0], [[0, 30, 30, 0]] * 4)


def test_ten_filters_of_3_3_3_are_280_parameters():
    assert sum(leaf.size for leaf in jax.tree.leaves(Conv2d(KEY, 3, 10, 3))) == 280


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_pooled_is_pooling_of_the_layer(padding):
    layer = Conv2d(KEY, 2, 4, 3, padding=padding)
    layer = jax.tree.unflatten(jax.tree.structure(layer), [layer.weight, jnp.arange(4.0)])
    x = jax.random.normal(KEY, (9, 2, 13, 5))
    np.testing.assert_allclose(layer.pooled(x, 2), max_pool(layer(x), 2), atol=1e-5)  # float32


def test_planes_of_pictures_with_and_without_channels():
    x = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    assert planes(x).shape == (3, 5, 4, 2)
    np.testing.assert_array_equal(planes(x)[2, 1, 3], x[:, 2, 3, 1])
    np.testing.assert_array_equal(planes(x[..., 0]), planes(x[..., :1]))


def test_what_cannot_be_is_refused():
    with pytest.raises(BadValue, match="odd size"):
        Conv2d(KEY, 1, 1, 4, padding="same")
    with pytest.raises(BadValue, match="'valid' or 'same'"):
        Conv2d(KEY, 1, 1, 3, padding="full")
    with pytest.raises(BadValue, match="at least 1"):
        Conv2d(KEY, 1, 0, 3)
    with pytest.raises(BadValue, match="does not fit"):
        Conv2d(KEY, 1, 1, 5)(jnp.zeros((4, 1, 4, 2)))
    with pytest.raises(BadValue, match="pooled by 2, does not fit in 5×5"):
        Conv2d(KEY, 1, 1, 5).pooled(jnp.zeros((5, 1, 5, 2)), 2)
