"""What kind of place a point of a surface is: a minimum, a maximum, a saddle, a plateau or a slope.

Chapter 2.2: where the gradient is zero, the signs of the Hessian's eigenvalues tell. A descent never stops exactly
there, so a point counts as such a place when Newton's step from it, the eigenvector's share of the gradient over its
eigenvalue in each direction, leads no further than TOLERANCE of the domain's diagonal. In a direction in which the
Hessian is silent (eigenvalue zero), the values that far to either side decide.

Any other point is a slope, unless it is so flat that there is nothing to feel: at the surface's own learning rate a
hundred steps would not cross a hundredth of the domain, and the curvature is far below what that rate can bear. Then
it is a plateau.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue
from .surface import Point, Surface

__all__ = ["TOLERANCE", "Kind", "Verdict", "judge", "judge_all"]

TOLERANCE = 2e-3
SILENT = 1e-12  # an eigenvalue below this share of the greatest counts as zero
FLAT_SLOPE, FLAT_CURVATURE = 1e-4, 1e-2

Kind = Literal["minimum", "maximum", "saddle", "plateau", "slope"]


@dataclass(frozen=True)
class Verdict:
    """The kind of place, and its evidence.

    eigenvalues    of the Hessian, the smaller first
    gradient_norm  length of the gradient
    distance       length of Newton's step: how far a place without slope would be if the surface were a quadratic
    """

    kind: Kind
    eigenvalues: tuple[float, float]
    gradient_norm: float
    distance: float


def judge(surface: Surface, x: float, y: float, *, tolerance: float = TOLERANCE) -> Verdict:
    """The verdict on (x, y). Raises `BadValue` where the surface has no finite value and derivatives."""
    (verdict,) = judge_all(surface, [(x, y)], tolerance=tolerance)
    if verdict is None:
        raise BadValue(f"{surface.id} has no finite value or derivatives at ({x:.6g}, {y:.6g}); judge another point")
    return verdict


def judge_all(surface: Surface, points: Any, *, tolerance: float = TOLERANCE) -> list[Verdict | None]:
    """The verdicts on `points` [n, 2]; None where the surface has no finite value or derivatives."""
    xs, ys = np.asarray(points, np.float64).reshape(-1, 2).T
    gradients, hessians = surface.gradient_and_hessian(xs, ys)
    gradients, hessians = gradients.T, hessians.transpose(2, 0, 1)
    whole = np.isfinite(surface.value(xs, ys)) & np.isfinite(gradients).all(1) & np.isfinite(hessians).all((1, 2))
    eigenvalues, directions = np.linalg.eigh(np.where(whole[:, None, None], hessians, 0))
    slopes = np.einsum("nij,ni->nj", directions, gradients)
    return [
        _judged(surface, (float(xs[i]), float(ys[i])), eigenvalues[i], directions[i], slopes[i], tolerance)
        if whole[i]
        else None
        for i in range(len(xs))
    ]


def _judged(
    surface: Surface, point: Point, eigenvalues: NDArray, directions: NDArray, slopes: NDArray, tolerance: float
) -> Verdict:
    """From the eigenvalues, their directions (columns) and the gradient's share of each."""
    silent = np.abs(eigenvalues) <= SILENT * np.abs(eigenvalues).max()
    steps = np.where(silent, 0.0, np.abs(slopes) / np.where(silent, 1.0, np.abs(eigenvalues)))
    distance = math.hypot(*steps)
    rate, reach = surface.learning_rate, tolerance * surface.diameter
    level = rate * np.abs(slopes) < FLAT_SLOPE * surface.diameter
    if distance <= reach and level[silent].all():
        signs = np.sign(eigenvalues)
        for i in np.flatnonzero(silent):
            signs[i] = _probed(surface, point, reach * directions[:, i])
        kind = _by_signs(set(signs.tolist()))
    else:
        flat = level.all() and rate * np.abs(eigenvalues).max() < FLAT_CURVATURE
        kind = "plateau" if flat else "slope"
    low, high = (float(value) for value in eigenvalues)
    return Verdict(kind, (low, high), math.hypot(*slopes), distance)


def _probed(surface: Surface, point: Point, step: NDArray) -> float:
    """1 where the surface rises to both sides, −1 where it falls, 0 where it does neither, nan where it passes on."""
    x, y = point
    here = surface.value(x, y)
    ahead, behind = (np.sign(surface.value(x + s * step[0], y + s * step[1]) - here) for s in (1, -1))
    return float(ahead) if ahead == behind else np.nan


def _by_signs(signs: set[float]) -> Kind:
    if signs == {0.0}:
        return "plateau"
    if signs <= {0.0, 1.0}:
        return "minimum"
    return "maximum" if signs <= {0.0, -1.0} else "saddle"
