import jax.numpy as jnp
from jax import lax

from steepest.engine.work import multiply_adds


def test_products_and_convolutions_inside_loops() -> None:
    a, b = jnp.zeros((3, 4)), jnp.zeros((4, 5))
    assert multiply_adds(lambda a, b: jnp.tanh(a @ b), a, b) == 3 * 4 * 5
    assert multiply_adds(lambda a: lax.scan(lambda c, _: (c @ a, None), a, length=7)[0], jnp.zeros((4, 4))) == 7 * 64
    x, kernel = jnp.zeros((2, 3, 8, 8)), jnp.zeros((6, 3, 5, 5))
    assert multiply_adds(lambda x, k: lax.conv(x, k, (1, 1), "VALID"), x, kernel) == 2 * 6 * 4 * 4 * 3 * 25
    assert multiply_adds(lambda a: a + 1, a) == 0
