"""Two moons: two interleaved half circles with Gaussian noise 0.2 (scikit-learn's `make_moons`)."""

from __future__ import annotations

from functools import cache

import numpy as np

from .splits import Split, Splits

__all__ = ["draw", "moons"]

NOISE = 0.2


def draw(n: int, seed: int) -> Split:
    """n points (half on each moon): x float32 [n, 2], y int32 [n]. One seed always draws the same points."""
    from sklearn.datasets import make_moons

    x, y = make_moons(n_samples=n, noise=NOISE, random_state=seed)
    return Split(x.astype(np.float32), y.astype(np.int32))


@cache
def moons() -> Splits:
    """300 points to train, 300 and 300 drawn afresh to validate and to test."""
    return Splits(train=draw(300, seed=3), validation=draw(300, seed=4), test=draw(300, seed=5))
