"""The pieces that the optimisers are built of, each one formula of the chapter on one tensor.

They know nothing of trees, states, dialects or schedules. `t` is the number of the step, 1, 2, ..., as a
float of the tensor's type; a beta is any scalar. Nothing here asks what a number is, so all may be traced.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

__all__ = ["accumulated", "corrected", "ewma", "nesterov_mean", "root_inside", "root_outside"]


def ewma(average: Array, value: Array, beta: Array) -> Array:
    """The exponentially weighted average: S = beta S + (1 - beta) value."""
    return beta * average + (1 - beta) * value


def accumulated(total: Array, value: Array, beta: Array) -> Array:
    """The heavy ball's sum, which the libraries take for momentum: S = beta S + value."""
    return beta * total + value


def corrected(average: Array, beta: Array, t: Array) -> Array:
    """Bias correction of an average that started at zero: S / (1 - beta^t)."""
    return average * (1 / (1 - beta**t))  # one division for the whole tensor


def nesterov_mean(m: Array, g: Array, beta: Array, t: Array) -> Array:
    """The mean one step ahead: beta m/(1 - beta^(t+1)) + (1 - beta) g/(1 - beta^t). Dozat (2016)."""
    return beta * corrected(m, beta, t + 1) + (1 - beta) * corrected(g, beta, t)


def root_inside(s: Array, epsilon: Array) -> Array:
    """Epsilon inside the root: sqrt(s + epsilon)."""
    return jnp.sqrt(s + epsilon)


def root_outside(s: Array, epsilon: Array) -> Array:
    """Epsilon outside the root: sqrt(s) + epsilon."""
    return jnp.sqrt(s) + epsilon
