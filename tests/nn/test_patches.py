import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.nn.patches import fold, output_size, unfold


@pytest.mark.parametrize(
    ("inputs", "size", "padding", "stride", "outputs"),
    [(6, 3, 0, 1, 4), (6, 3, 1, 1, 6), (7, 3, 0, 2, 3), (28, 5, 2, 1, 28), (224, 7, 3, 2, 112), (8, 3, 0, 2, 3)],
)
def test_the_courses_formula(inputs, size, padding, stride, outputs):
    assert output_size(inputs, size, padding=padding, stride=stride) == outputs


@pytest.mark.parametrize(("size", "stride"), [(1, 1), (3, 1), (2, 2), (3, 2), (4, 3)])
def test_fold_is_the_transpose_of_unfold(size, stride):
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        x = jnp.asarray(draw(size=(8, 3, 7, 5)))
        seen, undo = jax.vjp(lambda x: unfold(x, size, stride), x)
        d = jnp.asarray(draw(size=seen.shape))
        np.testing.assert_allclose(fold(d, 7, stride), undo(d)[0], rtol=1e-13, atol=1e-13)
