import jax.numpy as jnp

from steepest.nn.metrics import accuracy, binary_accuracy


def test_accuracy_compares_the_arg_max_sample_by_sample():
    logits = jnp.array([[1.0, 2.0, 0.0], [5.0, 2.0, -1.0], [0.0, 0.0, 3.0]])
    assert accuracy(logits, jnp.array([1, 1, 2])).tolist() == [1, 0, 1]


def test_binary_accuracy_with_and_without_a_last_axis():
    z, y = jnp.array([-2.0, 3.0, 0.1, -0.1]), jnp.array([0, 1, 0, 1])
    assert binary_accuracy(z, y).tolist() == [1, 1, 0, 0]
    assert binary_accuracy(z[:, None], y).tolist() == [1, 1, 0, 0]
