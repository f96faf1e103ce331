"""Himmelblau's function: four minima, all of height zero; which one is found depends on the start. Himmelblau (1972).

f = (x² + y − 11)² + (x + y² − 7)²
"""

from __future__ import annotations

from .surface import Surface

__all__ = ["himmelblau"]


def himmelblau() -> Surface:
    """Himmelblau's function."""
    return Surface(
        id="himmelblau",
        formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        title={"en": "Himmelblau's four minima", "zh": "Himmelblau 的四个极小点"},
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(-0.5, -1.0),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        scale="log",
        learning_rate=0.01,
    )
