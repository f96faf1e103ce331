"""The surfaces, by name: a file and a line add one, and enrol it in its contract tests. No JAX here."""

from __future__ import annotations

from ..core.registry import Registry

__all__ = ["SURFACES"]

SURFACES = Registry(
    "surface",
    "steepest.surfaces",
    (
        "bowl",
        "tilted-bowl",
        "ravine",
        "saddle",
        "plateau",
        "beale",
        "rosenbrock",
        "himmelblau",
        "rastrigin",
        "two-minima",
    ),
)
