"""Two minima, one deeper: f = x⁴/4 − x³/12 − x²/2 + x/4 + y²/2, whose slope along x is (x + 1)(x − 1/4)(x − 1).

The deep minimum is at x = −1, the shallow one at x = 1, and a saddle at x = 1/4 parts their basins: two starts on
either side of it end in different places.
"""

from __future__ import annotations

from .surface import Surface

__all__ = ["two_minima"]


def two_minima() -> Surface:
    """The surface with two minima; `minima` has the deep one first."""
    return Surface(
        id="two-minima",
        formula="x^4/4 - x^3/12 - x^2/2 + x/4 + y^2/2",
        title={"en": "Two minima, one deeper", "zh": "一深一浅两个极小点"},
        domain=((-2.0, 2.0), (-1.5, 1.5)),
        start=(1.8, 1.0),
        minima=((-1.0, 0.0), (1.0, 0.0)),
        learning_rate=0.1,
    )
