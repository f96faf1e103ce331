import jax
import numpy as np

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
