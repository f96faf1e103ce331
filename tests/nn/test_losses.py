import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.nn.losses import sigmoid_cross_entropy, softmax_cross_entropy, squared_error


def test_the_courses_softmax():
    # softmax(5, 2, −1, 3) = (.842, .042, .002, .114)
    logits = jnp.tile(jnp.array([5.0, 2.0, -1.0, 3.0]), (4, 1))
    losses = softmax_cross_entropy(logits, jnp.arange(4))
    np.testing.assert_allclose(np.exp(-losses), [0.842, 0.042, 0.002, 0.114], atol=5e-4)


def test_softmax_against_the_formula_in_float64():
    z, y = np.random.default_rng(0).normal(size=(20, 7)) * 3, np.arange(20) % 7
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    with jax.enable_x64(True):
        np.testing.assert_allclose(softmax_cross_entropy(z, y), -np.log(p[np.arange(20), y]), rtol=1e-12)
        gradient = jax.grad(lambda z: softmax_cross_entropy(z, y).sum())(z)
        np.testing.assert_allclose(gradient, p - np.eye(7)[y], atol=1e-12)


def test_sigmoid_against_the_formula_in_float64():
    z, y = np.linspace(-6, 6, 11), np.arange(11) % 2
    a = 1 / (1 + np.exp(-z))
    with jax.enable_x64(True):
        truth = -y * np.log(a) - (1 - y) * np.log(1 - a)
        np.testing.assert_allclose(sigmoid_cross_entropy(z, y), truth, rtol=1e-12)
        np.testing.assert_allclose(sigmoid_cross_entropy(z[:, None], y), truth, rtol=1e-12)
        gradient = jax.grad(lambda z: sigmoid_cross_entropy(z, y).sum())(z)
        np.testing.assert_allclose(gradient, a - y, atol=1e-12)  # dz = a − y, at z = 0 too


@pytest.mark.parametrize("big", [1e4, -1e4])
def test_huge_logits_stay_exact(big):
    pair = jnp.array([[big, 0.0], [big, 0.0]])
    wrong = max(big, 0) - np.array([big, 0])
    np.testing.assert_allclose(softmax_cross_entropy(pair, jnp.array([0, 1])), wrong)
    single = sigmoid_cross_entropy(jnp.array([big, big]), jnp.array([0, 1]))
    np.testing.assert_allclose(single, [max(big, 0), max(-big, 0)])
    for loss, z in ((softmax_cross_entropy, pair), (sigmoid_cross_entropy, pair[:, 0])):
        assert np.isfinite(jax.grad(lambda z, f=loss: f(z, jnp.array([0, 1])).sum())(z)).all()


def test_squared_error_is_the_mean_over_a_samples_outputs():
    outputs, targets = jnp.array([[1.0, 2.0], [3.0, 4.0]]), jnp.array([[0.0, 0.0], [3.0, 2.0]])
    np.testing.assert_allclose(squared_error(outputs, targets), [2.5, 2.0])
    np.testing.assert_allclose(squared_error(outputs[:, :1], jnp.array([0.0, 1.0])), [1.0, 4.0])
