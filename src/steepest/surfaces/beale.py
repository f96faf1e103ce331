"""Beale's function: steep walls at the corners, a flat middle, one minimum at (3, 1/2). Beale (1958).

f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²
"""

from __future__ import annotations

from .surface import Surface

__all__ = ["beale"]


def beale() -> Surface:
    """Beale's function."""
    return Surface(
        id="beale",
        formula="(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        title={"en": "Beale's function", "zh": "Beale 函数"},
        domain=((-4.5, 4.5), (-4.5, 4.5)),
        start=(1.0, 1.5),
        minima=((3.0, 0.5),),
        scale="log",
        learning_rate=0.01,
    )
