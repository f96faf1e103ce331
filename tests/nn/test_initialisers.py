import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import UnknownName
from steepest.nn.initialisers import DEFAULT_SCALES, INITIALISERS, draw, fan_in

KEY = jax.random.key(0)


def test_fan_in_is_all_but_the_last_axis():
    assert [fan_in(s) for s in ((784, 10), (5, 5, 6, 16), (7,))] == [784, 150, 1]


@pytest.mark.parametrize(
    ("name", "scale", "sigma"),
    [
        ("normal", 0.3, 0.3),
        ("normal", None, 0.01),
        ("xavier", None, 0.05),
        ("he", None, np.sqrt(2) / 20),
        ("he", 3, 3 * np.sqrt(2) / 20),
    ],
)
def test_the_spread_is_the_formulas(name, scale, sigma):
    weight = np.asarray(draw(name, KEY, (400, 500), scale), float)
    # 200 000 draws: the standard error of σ is σ/√(2n) = 0.16 %, of the mean σ/√n
    assert abs(weight.std() / sigma - 1) < 5 * 0.0016
    assert abs(weight.mean()) < 5 * sigma / np.sqrt(weight.size)


def test_zeros():
    assert not np.any(draw("zeros", KEY, (3, 4)))


@pytest.mark.parametrize("shape", [(6, 6), (9, 4), (4, 9), (3, 3, 2, 5)])
def test_orthogonal(shape):
    q = np.asarray(draw("orthogonal", KEY, shape, 2.0), float).reshape(-1, shape[-1])
    product = q.T @ q if q.shape[0] >= q.shape[1] else q @ q.T
    np.testing.assert_allclose(product, 4 * np.eye(len(product)), atol=1e-5)  # float32


@pytest.mark.parametrize("name", INITIALISERS)
def test_the_scale_is_a_number_and_multiplies_one_and_the_same_draw(name):
    scales = jnp.array([0.5, 1.0, 2.0])
    drawn = jax.jit(jax.vmap(lambda s: draw(name, KEY, (5, 4), s)))(scales)
    for scale, weight in zip(scales, drawn, strict=True):
        np.testing.assert_allclose(weight, draw(name, KEY, (5, 4), 1.0) * scale, rtol=1e-6)


def test_each_scheme_has_a_default_scale_and_an_unknown_one_a_suggestion():
    assert DEFAULT_SCALES.keys() == INITIALISERS.keys()
    with pytest.raises(UnknownName, match="did you mean 'xavier'"):
        draw("xaiver", KEY, (2, 2))
