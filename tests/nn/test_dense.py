import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.nn.dense import Dense


def test_it_is_the_formula():
    layer = Dense(jax.random.key(0), 3, 2, init="xavier")
    assert layer.weight.shape == (3, 2)
    assert not np.any(layer.bias)
    x = np.arange(12, dtype=np.float32).reshape(4, 3)
    np.testing.assert_allclose(layer(x), x @ np.asarray(layer.weight) + np.asarray(layer.bias), rtol=1e-5)


def test_scale_multiplies():
    one, three = (Dense(jax.random.key(0), 3, 2, scale=s).weight for s in (1.0, 3.0))
    np.testing.assert_allclose(three, 3 * one, rtol=1e-6)


@pytest.mark.parametrize("shape", [(7, 3), (2, 7, 3), (3,)])
@pytest.mark.parametrize("large", [0, 1 << 14])
def test_gradients_are_jaxs_alone_in_a_lane_and_twice(shape, large, monkeypatch):
    monkeypatch.setattr("steepest.nn.dense.LARGE", large)
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        layer = Dense(jax.random.key(0), 3, 2)
        x, weights, v = (jnp.asarray(draw(size=s)) for s in (shape, (4, 3, 2), (3, 2)))

        def plain(x, weight):
            return jnp.sum(jnp.sin(x @ weight))

        def ours(x, weight):
            return jnp.sum(jnp.sin(jax.tree.unflatten(jax.tree.structure(layer), [weight, jnp.zeros(2)])(x)))

        def all_of(f):
            gradient = jax.grad(f, (0, 1))
            twice = jax.jvp(lambda w: gradient(x, w)[1], (weights[0],), (v,))
            return gradient(x, weights[0]), jax.vmap(gradient, (None, 0))(x, weights), twice

        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-12), all_of(ours), all_of(plain))
