"""Four problems, their gradients in plain NumPy float64. Each side calls them at its own parameters.

Their curvatures are of one size, about ten, so that one rate suits all, and no minimum is at zero, where a
relative error would mean nothing. One matrix is wide and one tall, for the optimisers that look at shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["PROBLEMS", "Params", "Problem"]

Params = list[np.ndarray]


@dataclass(frozen=True)
class Problem:
    """Named tensors to start from, and `gradient(params, step)` with steps counted from 0."""

    name: str
    start: tuple[np.ndarray, ...]
    gradient: Callable[[Params, int], Params]


_CURVATURES = np.logspace(-2, 1, 6)
_BOTTOM = np.array([1.0, -0.5, 2.0, 0.7, -1.5, 0.9])
_RNG = np.random.default_rng(20)
_X, _W = _RNG.normal(size=(40, 3)), _RNG.normal(size=(3, 4))
_Y = (_X @ _W + _RNG.normal(size=(40, 4)) > 0).astype(float)
_TARGET = np.array([[0.8, -1.2], [2.0, 0.5], [-0.4, 1.6], [-2.2, 1.1]])


def _bowl(params: Params, step: int) -> Params:
    return [_CURVATURES * (params[0] - _BOTTOM)]


def _rosenbrock(params: Params, step: int) -> Params:
    """Of 0.005 ((1 - x)^2 + 100 (y - x^2)^2)."""
    x, y = params[0]
    return [0.005 * np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])]


def _logistic(params: Params, step: int) -> Params:
    """Four logistic regressions on 40 points, of weights [3, 4] and biases [4]."""
    W, b = params
    error = 1 / (1 + np.exp(-(_X @ W + b))) - _Y
    return [_X.T @ error / len(_X), error.mean(axis=0)]


def _rare(params: Params, step: int) -> Params:
    """A quadratic whose i-th gradient is there on every (i+2)-th step, and zero on the rest."""
    seen = step % np.arange(2, _TARGET.size + 2).reshape(_TARGET.shape) == 0
    return [np.where(seen, 2 * (params[0] - _TARGET), 0.0)]


PROBLEMS = (
    Problem("bowl", (np.full(6, -1.0),), _bowl),
    Problem("rosenbrock", (np.array([-1.2, 1.0]),), _rosenbrock),
    Problem("logistic", (0.1 * _RNG.normal(size=(3, 4)), np.array([0.1, -0.2, 0.3, 0.4])), _logistic),
    Problem("rare", (np.full(_TARGET.shape, 0.3),), _rare),
)
