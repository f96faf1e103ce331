"""Points of parameter space in a plane: their coordinates, and how much of a movement the plane shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["coordinates", "lengths"]


def coordinates(displacements: NDArray[Any], directions: NDArray[Any]) -> NDArray[np.float64]:
    """The nearest a d₁ + b d₂ to each of `displacements` [n, D], as (a, b) [n, 2]; `directions` [2, D] need no norm."""
    products = directions @ displacements.T.astype(np.float64)
    solved: NDArray[np.float64] = np.linalg.solve(directions @ directions.T, products).T
    return solved


def lengths(displacements: NDArray[Any], directions: NDArray[Any]) -> tuple[float, float]:
    """Σ‖Pδ‖² and Σ‖δ‖²: the squared displacement that the plane of `directions` shows, and all of it."""
    inside = coordinates(displacements, directions)
    shown = float(np.sum(inside * (inside @ (directions @ directions.T))))
    whole = float(np.sum(displacements.astype(np.float64) ** 2))
    return min(shown, whole), whole
