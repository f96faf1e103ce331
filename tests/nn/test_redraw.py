import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import UnknownName
from steepest.networks.mlp import mlp
from steepest.nn.redraw import redraw

KEY = jax.random.key(3)


def test_weights_are_drawn_and_biases_zeroed():
    model = jax.tree.map(lambda leaf: leaf + 1, mlp(jax.random.key(0), (4, 300, 3)))
    again = redraw(model, "normal", KEY, 0.2)
    for layer in again.layers:
        assert not np.any(layer.bias)
        assert abs(np.std(layer.weight) / 0.2 - 1) < 0.15  # 900 draws
    assert again.activation == model.activation


def test_any_pytree_and_what_is_no_weight_stays():
    model = {"w": jnp.ones((2, 3)), "bias": jnp.ones(3), "gamma": jnp.ones(3), "steps": jnp.ones((2, 2), int)}
    model["name"] = "a text leaf"
    again = redraw(model, "zeros", KEY)
    assert not np.any(again["w"])
    assert not np.any(again["bias"])
    assert np.all(again["gamma"] == 1)
    assert np.all(again["steps"] == 1)
    assert again["name"] == "a text leaf"


def test_equal_shapes_get_different_draws_and_one_key_the_same():
    model = [jnp.zeros((3, 3)), jnp.zeros((3, 3))]
    one, two = redraw(model, "he", KEY)
    assert not np.array_equal(one, two)
    np.testing.assert_array_equal(one, redraw(model, "he", KEY)[0])


def test_it_runs_over_many_keys_and_scales_at_once():
    model = mlp(jax.random.key(0), (4, 5, 3))
    keys, scales = jax.random.split(KEY, 3), jnp.array([0.1, 1.0, 2.0])
    lane = jax.jit(jax.vmap(lambda k, s: redraw(model, "xavier", k, s)))(keys, scales)
    assert lane.layers[0].weight.shape == (3, 4, 5)
    one = redraw(model, "xavier", keys[2], 2.0)
    np.testing.assert_allclose(lane.layers[1].weight[2], one.layers[1].weight, rtol=1e-6)


def test_an_unknown_scheme():
    with pytest.raises(UnknownName, match="unknown initialiser"):
        redraw([jnp.zeros((2, 2))], "magic", KEY)
