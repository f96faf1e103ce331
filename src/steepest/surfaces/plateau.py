"""The plateau: a well in a plain, f = 1 − exp(−(x² + y²)). Away from the well the gradient all but vanishes."""

from __future__ import annotations

from .surface import Surface

__all__ = ["plateau"]


def plateau() -> Surface:
    """The plateau."""
    return Surface(
        id="plateau",
        formula="1 - exp(-(x^2 + y^2))",
        title={"en": "A plateau around a well", "zh": "高原与深井"},
        start=(-2.2, 1.8),
        minima=((0.0, 0.0),),
        learning_rate=0.5,
    )
