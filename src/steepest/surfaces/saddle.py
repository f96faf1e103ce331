"""The saddle: a valley across a ridge, f = x² − y² + y⁴/2, with a saddle at (0, 0) between two minima at (0, ±1).

Along x the saddle is a minimum, along y a maximum. A start beside the ridge y = 0 first runs into the saddle, where
the gradient is nearly zero, and has to find the way down the sides.
"""

from __future__ import annotations

from .surface import Surface

__all__ = ["saddle"]


def saddle() -> Surface:
    """The saddle."""
    return Surface(
        id="saddle",
        formula="x^2 - y^2 + y^4/2",
        title={"en": "A saddle between two valleys", "zh": "两谷之间的鞍点"},
        domain=((-2.0, 2.0), (-1.75, 1.75)),
        start=(-1.75, 0.001),
        minima=((0.0, 1.0), (0.0, -1.0)),
        learning_rate=0.1,
    )
