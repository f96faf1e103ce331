import jax
import numpy as np
import pytest

from steepest.core.errors import UnknownName
from steepest.nn.activations import ACTIVATIONS, activation

Z = np.array([-100.0, -2.0, -0.5, 0.5, 2.0, 100.0])
TRUTH = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky_relu": (lambda z: np.maximum(0.01 * z, z), lambda z: np.where(z > 0, 1, 0.01)),
    "identity": (lambda z: z, np.ones_like),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_derivative(name):
    value, slope = TRUTH[name]
    with jax.enable_x64(True):
        g = activation(name)
        np.testing.assert_allclose(g(Z), value(Z), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(jax.vmap(jax.grad(g))(Z), slope(Z), rtol=1e-12, atol=1e-15)


def test_an_unknown_name():
    with pytest.raises(UnknownName, match="did you mean 'relu'"):
        activation("rleu")
