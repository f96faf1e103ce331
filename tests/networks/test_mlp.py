import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.networks.mlp import mlp

KEY = jax.random.key(0)


def test_forward_is_the_chapters():
    model = mlp(KEY, (3, 4, 2), activation="tanh", init="xavier")
    x = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    (w1, b1), (w2, b2) = ((np.asarray(layer.weight), np.asarray(layer.bias)) for layer in model.layers)
    np.testing.assert_allclose(model(x), np.tanh(x @ w1 + b1) @ w2 + b2, rtol=1e-4, atol=1e-6)  # float32


def test_pictures_are_flattened():
    model = mlp(KEY, (784, 16, 10))
    x = jax.random.normal(KEY, (6, 28, 28))
    assert model(x).shape == (6, 10)
    np.testing.assert_array_equal(model(x), model(x.reshape(6, 784)))


def test_dropout_needs_a_key_and_spares_a_network_without_hidden_layers():
    model, x = mlp(KEY, (8, 64, 2)), jnp.ones((4, 8))
    np.testing.assert_array_equal(model(x, keep_prob=0.5), model(x))
    np.testing.assert_array_equal(model(x, key=KEY, keep_prob=1.0), model(x))
    assert not np.array_equal(model(x, key=KEY, keep_prob=0.5), model(x))
    neuron = mlp(KEY, (8, 1))
    np.testing.assert_array_equal(neuron(x, key=KEY, keep_prob=0.5), neuron(x))


def test_a_lane_of_models_runs_under_vmap():
    lane = jax.vmap(lambda k: mlp(k, (4, 3, 2)))(jax.random.split(KEY, 5))
    outputs = jax.vmap(lambda m, p: m(jnp.ones((7, 4)), key=KEY, keep_prob=p))(lane, jnp.linspace(0.5, 1, 5))
    assert outputs.shape == (5, 7, 2)


def test_bad_sizes_and_names():
    for sizes in ((3,), (), (3, 0, 1)):
        with pytest.raises(BadValue, match="sizes"):
            mlp(KEY, sizes)
    with pytest.raises(UnknownName, match="unknown activation"):
        mlp(KEY, (2, 1), activation="swoosh")
    with pytest.raises(UnknownName, match="unknown initialiser"):
        mlp(KEY, (2, 1), init="swoosh")
