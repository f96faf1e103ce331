"""The bowl: equally steep all around, f = x² + y². The gradient points away from the minimum; one step may do."""

from __future__ import annotations

from .surface import Surface

__all__ = ["bowl"]


def bowl() -> Surface:
    """The bowl."""
    return Surface(
        id="bowl",
        formula="x^2 + y^2",
        title={"en": "A round bowl", "zh": "圆碗"},
        start=(-2.5, 2.0),
        minima=((0.0, 0.0),),
        learning_rate=0.1,
    )
