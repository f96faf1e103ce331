"""An MLP is known for one however it is written, down to how it is drawn; another network is not."""

from functools import partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import pytest

import steepest
from steepest.networks.recognised import as_mlp


@pytest.mark.parametrize("init", ["he", "xavier", "normal", "orthogonal", "zeros"])
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_a_function_that_makes_one(init: str, activation: str) -> None:
    def network(key: Any) -> Any:
        return steepest.mlp(key, (5, 4, 3), activation=activation, init=init)

    found = as_mlp(network)
    assert found is not None
    assert found.keywords == {"sizes": (5, 4, 3), "activation": activation, "init": init}
    assert eqx.tree_equal(found(jax.random.key(1)), network(jax.random.key(1)))


def test_a_partial_is_itself() -> None:
    given = partial(steepest.mlp, sizes=(5, 3))
    assert as_mlp(given) is given


def test_others_are_not() -> None:
    class Doubled(steepest.mlp(jax.random.key(0), (2, 1)).__class__):  # type: ignore[misc]
        def __call__(self, x: Any, **rest: Any) -> Any:
            return 2 * super().__call__(x, **rest)

    def doubled(key: Any) -> Any:
        made = steepest.mlp(key, (5, 3))
        return Doubled(made.layers, made.activation)

    def moved(key: Any) -> Any:
        made = steepest.mlp(key, (5, 3))
        return eqx.tree_at(lambda m: m.layers[0].bias, made, jnp.ones(3))

    assert as_mlp(doubled) is None
    assert as_mlp(moved) is None
    assert as_mlp(lambda key: eqx.nn.Linear(5, 3, key=key)) is None
