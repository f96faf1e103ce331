"""Least squares with two weights, from two years of Beijing temperatures: problems that can be looked at. No JAX.

    J(w) = 1/(2m) Σ (x·w − y)²,   gradient H·w − c,   H = XᵀX/m,   c = Xᵀy/m

`tomorrow`       low and high of a day, standardised, predict the average of the next; low and high go together, so the
                 contours are long ellipses, tilted by 45°
`high_from_low`  w·low + b predicts the day's high; the unit of the low decides how long and tilted the ellipses are
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..core.registry import unknown
from ..data.temperatures import temperatures

__all__ = ["UNITS", "LeastSquares", "Moments", "high_from_low", "tomorrow"]

Floats = NDArray[np.float64]
UNITS = ("celsius", "fahrenheit", "kelvin", "standardised")


@dataclass(frozen=True)
class Moments:
    """What a mini-batch is to least squares, one row a step: `hessian` [t, 2, 2], `linear` [t, 2], `square` [t]."""

    hessian: Floats
    linear: Floats
    square: Floats

    def cost(self, w: Floats) -> Floats:
        """The cost [t] of the weights [t, 2], each on the batch of its step."""
        bent = np.einsum("ti,tij,tj->t", w, self.hessian, w)
        return np.maximum(0.5 * bent - np.sum(w * self.linear, axis=1) + 0.5 * self.square, 0)


@dataclass(frozen=True)
class LeastSquares:
    """Inputs [m, 2] and targets [m]."""

    x: Floats
    y: Floats

    @property
    def hessian(self) -> Floats:
        """H [2, 2], which no weight changes."""
        return self.x.T @ self.x / len(self.x)

    @property
    def linear(self) -> Floats:
        """c [2]."""
        return self.x.T @ self.y / len(self.x)

    @property
    def best(self) -> Floats:
        """The weights [2] of the least cost, by solving H·w = c."""
        return np.linalg.solve(self.hessian, self.linear)

    @property
    def condition(self) -> float:
        """The largest curvature over the smallest."""
        low, high = np.linalg.eigvalsh(self.hessian)
        return float(high / low)

    def cost(self, w: Floats) -> Floats:
        """J [...] of the weights [..., 2], over all samples."""
        away = w - self.best
        least = np.mean((self.x @ self.best - self.y) ** 2) / 2
        return least + 0.5 * np.einsum("...i,ij,...j->...", away, self.hessian, away)

    def batches(self, order: NDArray[np.int32]) -> Moments:
        """The moments of each mini-batch, a row of sample indices; −1 stands for no sample."""
        there = (order >= 0)[..., None]
        x = np.where(there, self.x[order], 0)
        y = np.where(there[..., 0], self.y[order], 0)
        size = there.sum(axis=(1, 2))
        return Moments(
            np.einsum("tbi,tbj->tij", x, x) / size[:, None, None],
            np.einsum("tbi,tb->ti", x, y) / size[:, None],
            np.sum(y**2, axis=1) / size,
        )


def _standardised(values: Floats) -> Floats:
    return (values - values.mean(axis=0)) / values.std(axis=0)


@cache
def tomorrow() -> LeastSquares:
    """730 days; inputs and target standardised, so that no bias is needed."""
    t = temperatures()
    return LeastSquares(_standardised(np.stack([t.low, t.high], axis=1)[:-1]), _standardised(t.average[1:]))


@cache
def high_from_low(unit: str) -> LeastSquares:
    """731 days; inputs (low, 1), the low in one of UNITS; the high in °C. `UnknownName` for another unit."""
    t = temperatures()
    if unit not in UNITS:
        raise unknown("unit", unit, UNITS)
    low = {"celsius": t.low, "fahrenheit": 1.8 * t.low + 32, "kelvin": t.low + 273.15}.get(unit, _standardised(t.low))
    return LeastSquares(np.stack([low, np.ones_like(low)], axis=1), t.high)
