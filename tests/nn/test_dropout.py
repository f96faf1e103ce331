import jax
import jax.numpy as jnp
import numpy as np

from steepest.nn.dropout import dropout

KEY = jax.random.key(1)


def test_the_mean_stays_and_survivors_are_divided():
    y = np.asarray(dropout(jnp.ones((500, 400)), 0.8, KEY))
    assert set(np.unique(y)) == {0, np.float32(1.25)}
    # 200 000 coins of p = 0.8: the standard error of the share is 0.0009
    assert abs((y > 0).mean() - 0.8) < 0.005


def test_one_returns_x_itself():
    x = jax.random.normal(KEY, (50, 20))
    np.testing.assert_array_equal(dropout(x, 1.0, KEY), x)


def test_keep_prob_is_traced_and_survivors_are_nested():
    x = jnp.ones((30, 30))
    lane = jax.jit(jax.vmap(lambda p: dropout(x, p, KEY)))(jnp.array([0.2, 0.5, 1.0])) > 0
    assert (lane[0] <= lane[1]).all()
    assert lane[2].all()


def test_the_gradient_is_the_mask():
    x = jnp.ones((10, 10))
    slope = jax.grad(lambda x: dropout(x, 0.5, KEY).sum())(x)
    np.testing.assert_array_equal(slope, dropout(x, 0.5, KEY))
