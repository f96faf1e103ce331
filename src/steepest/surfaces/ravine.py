"""The ravine: a winding valley with steep walls and a nearly level floor, f = x²/20 + 2 (y − sin x)².

The floor follows y = sin x, so the gradient mostly points across the valley, seldom along it.
"""

from __future__ import annotations

from .surface import Surface

__all__ = ["ravine"]


def ravine() -> Surface:
    """The ravine."""
    return Surface(
        id="ravine",
        formula="x^2/20 + 2*(y - sin(x))^2",
        title={"en": "A winding ravine", "zh": "蜿蜒的峡谷"},
        domain=((-5.0, 5.0), (-2.5, 2.5)),
        start=(-4.5, -1.5),
        minima=((0.0, 0.0),),
        learning_rate=0.2,
    )
