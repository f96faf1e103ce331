"""Rosenbrock's banana: a bent valley that is found at once and followed for long. Rosenbrock (1960).

f = (a − x)² + b (y − x²)²,   minimum at (a, a²)
"""

from __future__ import annotations

from ..core.errors import BadValue
from .surface import Surface

__all__ = ["rosenbrock"]


def rosenbrock(a: float = 1.0, b: float = 100.0) -> Surface:
    """The banana with its minimum at (a, a²), |a| ≤ 1.4, and walls of steepness b in (0, 1e6]. Raises `BadValue`."""
    if not abs(a) <= 1.4:
        raise BadValue(f"rosenbrock: a must be in [-1.4, 1.4], got {a:g}")
    if not 0 < b <= 1e6:
        raise BadValue(f"rosenbrock: b must be in (0, 1e+06], got {b:g}")
    return Surface(
        id="rosenbrock" if (a, b) == (1.0, 100.0) else f"rosenbrock:a={a:.6g},b={b:.6g}",
        formula=f"({a:.17g} - x)^2 + {b:.17g}*(y - x^2)^2",
        title={"en": "Rosenbrock's banana", "zh": "Rosenbrock 香蕉谷"},
        domain=((-2.0, 2.0), (-1.0, 3.0)),
        start=(-1.2, 1.0),
        minima=((float(a), float(a) * float(a)),),
        scale="log",
        learning_rate=0.1 / max(b, 1.0),
    )
