"""Axes around a value: from neighbour to neighbour, the value among them, evenly where the number acts evenly."""

import inspect
import math
from itertools import pairwise

import optax
import pytest

from steepest.racing.windows import NEAREST_ONE, beyond, window


@pytest.mark.parametrize(
    ("name", "values", "best", "expected"),
    [
        ("learning_rate", (0.01, 0.1, 1.0), 0.1, [0.01, 0.03162, 0.1, 0.3162, 1.0]),
        ("learning_rate", (0.01, 0.1, 1.0), 1.0, [0.1, 0.3162, 1.0, 3.162, 10.0]),  # past the edge
        ("learning_rate", (0.1, 1.0), 0.1, [0.01, 0.03162, 0.1, 0.3162, 1.0]),
        ("learning_rate", (0.1,), 0.1, [0.1]),
        ("beta", (0.8, 0.9, 0.99), 0.9, [0.8, 0.8586, 0.9, 0.96838, 0.99]),
        ("l2", (0.0, 1e-4, 1e-3), 0.0, [0.0, 2.5e-5, 5e-5, 7.5e-5, 1e-4]),  # nothing below zero
        ("keep_prob", (0.8, 0.9, 1.0), 1.0, [0.9, 0.925, 0.95, 0.975, 1.0]),  # nor above one
        ("b1", (0.8, 0.9, 0.99), 0.9, [0.8, 0.8586, 0.9, 0.96838, 0.99]),  # as Optax calls it
        ("beta", (0.5, 1.0, 2.0), 2.0, [1.0, 1.414, 2.0, 2.828, 4.0]),  # no average's
        ("beta", (0.5, 1.0, 2.0), 0.5, [0.25, 0.3536, 0.5, 0.7071, 1.0]),
        ("momentum", (0.0, 0.5, 1.0), 1.0, [0.5, 0.7071, 1.0, 1.414, 2.0]),
        ("batch_size", (32, 64, 128), 64, [32, 45, 64, 91, 128]),
    ],
)
def test_a_window(name: str, values: tuple[float, ...], best: float, expected: list[float]) -> None:
    assert window(name, values, best, 5) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("points", range(1, 10))
def test_the_best_is_among_any_number_of_points(points: int) -> None:
    found = window("learning_rate", (0.01, 0.1, 1.0), 0.1, points)
    assert 0.1 in found
    assert len(found) == points
    assert found == sorted(found)


def test_evenly_in_the_logarithm_of_what_is_forgotten() -> None:
    found = window("beta2", (0.99, 0.999, 0.9999), 0.999, 9)
    steps = [math.log((1 - a) / (1 - b)) for a, b in pairwise(found)]
    assert steps == pytest.approx([math.log(10) / 4] * 8, rel=1e-3)  # values are rounded to four digits
    assert window("beta2", (0.99, 0.999, NEAREST_ONE), NEAREST_ONE, 3)[-1] == NEAREST_ONE


def test_what_weighs_an_average_in_any_optimizer_of_optax_stays_below_one() -> None:
    """A default from 0.8 to 1 is such a weight, except in a line search, which is no optimiser by itself."""
    functions = [f for f in {**vars(optax.contrib), **vars(optax)}.values() if inspect.isfunction(f)]
    signatures = [inspect.signature(f) for f in functions if "linesearch" not in f.__name__]
    parameters = [p for s in signatures if "Transformation" in str(s.return_annotation) for p in s.parameters.values()]
    weights = {(p.name, p.default) for p in parameters if isinstance(p.default, float) and 0.8 <= p.default < 1}
    assert {"b1", "b2", "b3", "decay", "decay_rate", "momentum", "rho"} <= {name for name, _ in weights}
    for name, v in weights:
        assert all(value < 1 for value in beyond(name, 1 - 2 * (1 - v), v, 3)), name
        assert all(0 <= value < 1 for value in beyond(name, v, 1 - 2 * (1 - v), 3)), name
