"""LSTM and GRU against the formulas as a plain loop and its autodiff, in float64."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from steepest.nn.gru import Gru
from steepest.nn.lstm import Lstm

KEY = jax.random.key(0)


def plain_lstm(layer, x):
    def step(carry, x):
        h, c = carry
        z = x @ layer.input_weight + h @ layer.state_weight + layer.bias
        i, f, g, o = jnp.split(z, 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    nothing = jnp.zeros((x.shape[0], layer.state_weight.shape[0]))
    return lax.scan(step, (nothing, nothing), x.swapaxes(0, 1))[1].swapaxes(0, 1)


def plain_gru(layer, x):
    H = layer.state_weight.shape[0]

    def step(h, x):
        z = x @ layer.input_weight + layer.bias
        u = jax.nn.sigmoid(z[:, :H] + h @ layer.state_weight[:, :H])
        r = jax.nn.sigmoid(z[:, H : 2 * H] + h @ layer.state_weight[:, H : 2 * H])
        n = jnp.tanh(z[:, 2 * H :] + (r * h) @ layer.state_weight[:, 2 * H :])
        h = u * h + (1 - u) * n
        return h, h

    return lax.scan(step, jnp.zeros((x.shape[0], H)), x.swapaxes(0, 1))[1].swapaxes(0, 1)


@pytest.mark.parametrize(("layer", "plain"), [(Lstm, plain_lstm), (Gru, plain_gru)])
def test_values_and_gradients_are_the_plain_loops_alone_and_in_a_lane(layer, plain):
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        x, out = jnp.asarray(draw(size=(4, 9, 3))), draw(size=(4, 9, 5))
        lane = jax.vmap(lambda key: layer(key, 3, 5))(jax.random.split(KEY, 3))
        lane = jax.tree.map(lambda a: a + 0.1 * draw(size=a.shape), lane)
        one = jax.tree.map(lambda a: a[0], lane)

        def both(f):
            def scalar(layer, x):
                return jnp.sum(f(layer, x) * out)

            all_of = jax.value_and_grad(scalar, (0, 1))
            return f(one, x), all_of(one, x), jax.vmap(all_of, (0, None))(lane, x)

        jax.tree.map(
            lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12 * np.abs(b).max()),
            *jax.jit(lambda: (both(lambda layer, x: layer(x)), both(plain)))(),
        )


def test_hessian_times_vector():
    with jax.enable_x64(True):
        x = jnp.asarray(np.random.default_rng(0).normal(size=(2, 4, 3)))
        for layer, plain in ((Lstm(KEY, 3, 2), plain_lstm), (Gru(KEY, 3, 2), plain_gru)):
            ours, theirs = (
                jax.jit(jax.jvp, static_argnums=0)(
                    jax.grad(lambda layer, f=f: jnp.sum(f(layer, x) ** 2)), (layer,), (layer,)
                )[1]
                for f in (lambda layer, x: layer(x), plain)
            )
            jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12), ours, theirs)


def test_how_they_start():
    lstm, gru = Lstm(KEY, 3, 8), Gru(KEY, 3, 8)
    np.testing.assert_array_equal(lstm.bias, np.repeat([0, 1, 0, 0], 8))
    assert not gru.bias.any()
    for layer in (lstm, gru):
        rows = layer.state_weight @ layer.state_weight.T
        np.testing.assert_allclose(rows, np.eye(8), atol=1e-5)  # orthonormal
