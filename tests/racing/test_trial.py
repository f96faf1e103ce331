from typing import Any

import jax
import jax.numpy as jnp
import optax
import pytest

from steepest.core.errors import BadValue
from steepest.racing.trial import trial

PARAMETERS = {"w": jax.ShapeDtypeStruct((2, 3), jnp.float32), "none": None}


def _asks(learning_rate: Any) -> Any:
    return optax.sgd(learning_rate if learning_rate > 0 else 0.1)


def _grows(learning_rate: Any) -> Any:
    return optax.GradientTransformation(lambda p: jnp.zeros(3), lambda g, s, p=None: (g, jnp.zeros(4)))


def _keyed(learning_rate: Any) -> Any:
    return optax.GradientTransformation(lambda p: jax.random.key(0), lambda g, s, p=None: (g, s))


def _breaks(learning_rate: Any) -> Any:
    raise ValueError("two\nlines")


@pytest.mark.parametrize(
    ("factory", "told"),
    [
        (_asks, "TracerBoolConversionError: it asks for the value of a traced number"),
        (_grows, "a step changes the structure, shape or type of its state"),
        (_keyed, "keeps a random key"),
        (_breaks, "ValueError: two"),
        (lambda learning_rate: 3, "must make an optax.GradientTransformation, got 'int'"),
        (lambda: optax.sgd(0.1), "unexpected keyword argument"),
    ],
)
def test_what_cannot_be_raced_is_told_in_one_line(factory: Any, told: str) -> None:
    with pytest.raises(BadValue, match=told) as caught:
        trial("mine", factory, ["learning_rate"], PARAMETERS)
    assert "optimizer 'mine'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("factory", [optax.sgd, optax.lbfgs, optax.contrib.prodigy, optax.contrib.momo])
def test_what_can_be_raced_passes(factory: Any) -> None:
    trial("mine", factory, ["learning_rate"], PARAMETERS)
