"""What of an own optimiser's arguments is a number, and what is structure."""

from functools import partial
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import UserError
from steepest.racing.arguments import arguments


def factory(
    learning_rate: Any, beta: float = 0.9, *, k: int = 2, fast: bool = False, mode: str = "a", m: Any = None
) -> Any:
    raise AssertionError("it is not called")


def needs(rate: Any, /, beta: Any) -> Any: ...


def whole(learning_rate: float = 1) -> Any: ...


def loose(learning_rate: float = 0.3, **rest: Any) -> Any: ...


@pytest.mark.parametrize(
    ("key", "value", "axis"),
    [
        ("beta", 0.8, (0.8,)),
        ("beta", [0.8, 0.9], (0.8, 0.9)),
        ("beta", np.linspace(0, 1, 3), (0.0, 0.5, 1.0)),
        ("beta", np.float32(0.5), (0.5,)),
        ("beta", jnp.float32(0.5), (0.5,)),
        ("beta", 1, (1.0,)),  # where the factory has a float
        ("beta", "0.8,0.9", (0.8, 0.9)),
        ("beta", "1", (1.0,)),
        ("beta", "0..1:3", (0.0, 0.5, 1.0)),
        ("m", "0.9", (0.9,)),
        ("m", [1, 2], (1.0, 2.0)),
        ("k", 0.5, (0.5,)),
        ("learning_rate", [1e-3, 1e-2], (1e-3, 1e-2)),
        ("learning_rate", 1, (1.0,)),
        ("learning_rate", "1", (1.0,)),
    ],
)
def test_numbers(key: str, value: Any, axis: tuple[float, ...]) -> None:
    axes, structure = arguments("mine", factory, {key: value})
    assert axes == {"learning_rate": (1e-3,), key: axis}
    assert {type(v) for values in axes.values() for v in values} == {float}
    assert structure == {}


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("k", 3, 3),
        ("k", np.int64(3), 3),
        ("k", "3", 3),
        ("k", "-3", -3),
        ("fast", True, True),
        ("fast", np.bool_(True), True),
        ("fast", "true", True),
        ("mode", "b", "b"),
        ("mode", "0.5", "0.5"),  # the factory has a text there
        ("m", None, None),
        ("m", "none", None),
        ("m", "bfloat16", "bfloat16"),
        ("m", 3, 3),
    ],
)
def test_structure(key: str, value: Any, wanted: Any) -> None:
    axes, structure = arguments("mine", factory, {key: value})
    assert axes == {"learning_rate": (1e-3,)}
    assert structure == {key: wanted}
    assert type(structure[key]) is type(wanted)


@pytest.mark.parametrize(
    ("function", "given", "told"),
    [
        (factory, {"bta": 0.8}, "unknown argument of 'mine': 'bta'; did you mean 'beta'"),
        (factory, {"beta": "much"}, "mine: beta: 'much' is not a number"),
        (factory, {"beta": True}, "mine: beta takes numbers"),
        (factory, {"beta": float("nan")}, "mine: beta: nan is not a finite number"),
        (factory, {"beta": []}, "the axis is empty"),
        (factory, {"fast": [True, False]}, "mine: fast takes numbers, or one switch"),
        (factory, {"k": [1, 2]}, "mine: k takes numbers"),
        (factory, {"m": factory}, "mine: m: .* is not a number"),
        (needs, {"beta": 0.1}, "optimizer 'mine' needs rate"),
        (needs, {}, "optimizer 'mine' needs rate; write mine:rate=0.1"),
        (dict, {}, "does not say its arguments"),
    ],
)
def test_mistakes_are_one_line(function: Any, given: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match=told) as caught:
        arguments("mine", function, given)
    assert "\n" not in str(caught.value)


def test_the_factory_s_own_rate_and_arguments_without_a_name() -> None:
    assert arguments("mine", loose, {"other": 0.5}) == ({"learning_rate": (0.3,), "other": (0.5,)}, {})
    assert arguments("mine", whole, {}) == ({"learning_rate": (1.0,)}, {})
    assert arguments("mine", partial(factory, beta=0.5), {}) == ({"learning_rate": (1e-3,)}, {})
