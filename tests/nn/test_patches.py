import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.nn.patches import col2im, im2col, output_size


@pytest.mark.parametrize(
    ("inputs", "size", "padding", "stride", "outputs"),
    [(6, 3, 0, 1, 4), (6, 3, 1, 1, 6), (7, 3, 0, 2, 3), (28, 5, 2, 1, 28), (224, 7, 3, 2, 112), (8, 3, 0, 2, 3)],
)
def test_the_courses_formula(inputs, size, padding, stride, outputs):
    assert output_size(inputs, size, padding=padding, stride=stride) == outputs


@pytest.mark.parametrize(("size", "stride"), [(1, 1), (3, 1), (2, 2), (3, 2), (4, 3)])
def test_col2im_is_the_transpose_of_im2col(size, stride):
    with jax.enable_x64(True):
        draw = np.random.default_rng(0).normal
        x = jnp.asarray(draw(size=(3, 8, 7, 5)))
        A, undo = jax.vjp(lambda x: im2col(x, size, stride), x)
        d = jnp.asarray(draw(size=A.shape))
        np.testing.assert_allclose(col2im(d, x.shape, size, stride), undo(d)[0], rtol=1e-13, atol=1e-13)
