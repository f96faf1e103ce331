"""The planar flower: two classes as the alternating petals of one flower; no line can part them.

    θ = θ₀ + noise,  r = 4·sin 4θ + noise,  x = (r·sin θ, r·cos θ);  class k has θ₀ in [3.12·k, 3.12·(k+1)]

Class 0 walks half a turn of the rose and class 1 the other half; each lays its own petals.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .splits import Split, Splits

__all__ = ["draw", "flower"]

RADIUS, PETALS, ARC, NOISE = 4.0, 4, 3.12, 0.2


def draw(n: int, seed: int) -> Split:
    """n points (half of each class): x float32 [n, 2], y int32 [n]. One seed always draws the same points."""
    random = np.random.RandomState(seed)  # its streams are frozen for ever
    y = np.repeat((0, 1), (n - n // 2, n // 2))
    angle = np.concatenate([np.linspace(ARC * k, ARC * (k + 1), int(np.sum(y == k))) for k in (0, 1)])
    angle += NOISE * random.standard_normal(n)
    radius = RADIUS * np.sin(PETALS * angle) + NOISE * random.standard_normal(n)
    x: NDArray[Any] = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    order = random.permutation(n)
    return Split(x[order].astype(np.float32), y[order].astype(np.int32))


@cache
def flower() -> Splits:
    """400 points to train, 400 and 400 drawn afresh to validate and to test."""
    return Splits(train=draw(400, seed=1), validation=draw(400, seed=2), test=draw(400, seed=3))
