"""The plane that shows most of a movement: its two principal directions.

Of displacements δ₁ … δₙ from a point, the orthonormal pair that keeps most of Σ‖δ‖² are the two first right singular
vectors of the matrix whose rows they are. There are far fewer rows than parameters, so they are found from the n × n
products of the rows. Used on training trajectories by Li et al. (2018), "Visualizing the loss landscape".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["principal_plane"]

BLOCK = 1 << 16  # columns that are float64 at a time
NEGLIGIBLE = 1e-12  # a second direction with less than this share of the first is no direction of the movement


def principal_plane(displacements: NDArray[Any], seed: int = 0) -> NDArray[np.float64]:
    """Orthonormal directions [2, D] for `displacements` [n, D], most of the movement along the first.

    They point to where most of the displacements are. What the movement leaves open (it may be along a line, or none)
    is filled with random directions drawn from `seed`. D must be at least 2.
    """
    products = np.zeros((len(displacements),) * 2)
    for at in range(0, displacements.shape[1], BLOCK):
        block = displacements[:, at : at + BLOCK].astype(np.float64)
        products += block @ block.T
    values, vectors = np.linalg.eigh(products)
    found: list[NDArray[np.float64]] = []
    for value, vector in zip(values[:-3:-1], vectors.T[:-3:-1], strict=True):
        if value > NEGLIGIBLE * values[-1]:
            direction = vector @ displacements
            found.append(direction if vector.sum() >= 0 else -direction)
    random = np.random.Generator(np.random.Philox(seed)).standard_normal((2, displacements.shape[1]))
    return _orthonormal([*found, *random][:2])


def _orthonormal(directions: list[NDArray[Any]]) -> NDArray[np.float64]:
    first, second = (direction.astype(np.float64) for direction in directions)
    first /= np.linalg.norm(first)
    for _ in range(2):  # once more, for what rounding left
        second /= np.linalg.norm(second)
        second -= (first @ second) * first
    return np.stack([first, second / np.linalg.norm(second)])
