"""Rastrigin's function: a bowl full of dents; descent ends in the dent it starts in. Rastrigin (1974).

f = 2A + x² + y² − A (cos 2πx + cos 2πy)
"""

from __future__ import annotations

from ..core.errors import BadValue
from .surface import Surface

__all__ = ["rastrigin"]


def rastrigin(depth: float = 10.0) -> Surface:
    """The dented bowl whose dents have amplitude A = `depth` in [0, 100]. Raises `BadValue`."""
    if not 0 <= depth <= 100:
        raise BadValue(f"rastrigin: depth must be in [0, 100], got {depth:g}")
    a = f"{depth:.17g}"
    return Surface(
        id="rastrigin" if depth == 10 else f"rastrigin:depth={depth:.6g}",
        formula=f"2*{a} + x^2 + y^2 - {a}*(cos(2*pi*x) + cos(2*pi*y))",
        title={"en": "Rastrigin's dented bowl", "zh": "Rastrigin 多坑碗"},
        domain=((-5.12, 5.12), (-5.12, 5.12)),
        start=(-3.4, 2.7),
        minima=((0.0, 0.0),),
        learning_rate=0.5 / (1 + 20 * depth),
    )
