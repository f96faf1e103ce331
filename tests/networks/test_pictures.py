"""The networks that read pictures: sizes, dropout, lanes."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import BadValue, UnknownName
from steepest.networks.cnn import cnn
from steepest.networks.lenet5 import lenet5
from steepest.networks.rows_lstm import rows_lstm

KEY = jax.random.key(0)
NETWORKS = [cnn, lenet5, rows_lstm]


@pytest.mark.parametrize(("network", "parameters"), [(cnn, 34_826), (lenet5, 61_706), (rows_lstm, 81_674)])
def test_parameters_are_counted(network, parameters):
    assert sum(leaf.size for leaf in jax.tree.leaves(network(KEY))) == parameters


@pytest.mark.parametrize("network", NETWORKS)
def test_a_lane_is_its_runs_and_dropout_needs_a_key(network):
    x = jax.random.normal(KEY, (4, 28, 28))
    lane = jax.jit(jax.vmap(network))(jax.random.split(KEY, 2))
    together = jax.jit(jax.vmap(lambda model: model(x)))(lane)
    call = jax.jit(lambda model, **options: model(x, **options))
    assert together.shape == (2, 4, 10)
    for run in range(2):
        model = jax.tree.map(lambda a, run=run: a[run], lane)
        alone = call(model, keep_prob=0.5)
        np.testing.assert_allclose(together[run], alone, rtol=1e-4, atol=1e-4)  # float32, another order of sums
        np.testing.assert_allclose(call(model, key=KEY, keep_prob=1.0), alone, rtol=1e-5, atol=1e-5)
        assert not np.array_equal(call(model, key=KEY, keep_prob=0.5), alone)


def test_a_sample_does_not_see_its_neighbours():
    x = jax.random.normal(KEY, (5, 28, 28))
    for network in NETWORKS:
        model = network(KEY)
        np.testing.assert_allclose(model(x)[3], model(x[3:4])[0], rtol=1e-4, atol=1e-4)


def test_pictures_in_colour():
    model = cnn(KEY, filters=(4, 5, 6), picture=(32, 30, 3))
    assert model(jnp.ones((2, 32, 30, 3))).shape == (2, 10)


def test_what_does_not_fit_is_refused():
    for filters in ((), (4, 4, 4, 4)):
        with pytest.raises(BadValue, match="do not fit"):
            cnn(KEY, filters=filters)
    with pytest.raises(UnknownName, match="unknown activation"):
        lenet5(KEY, activation="swoosh")
