"""The tilted bowl: an elliptical valley at an angle to the axes, f = (u² + κ v²)/2 in the turned coordinates

    u = x cos a + y sin a,   v = y cos a − x sin a.

κ is the condition number, the ratio of the Hessian's eigenvalues 1 and κ: gradient descent has to keep its rate below
2/κ for the steep direction and then crawls along the other. The tilt keeps optimisers that scale each coordinate by
itself from undoing κ.
"""

from __future__ import annotations

import math

from ..core.errors import BadValue
from .surface import Surface

__all__ = ["tilted_bowl"]

MOST_CONDITION = 1e8


def tilted_bowl(condition: float = 10.0, angle: float = 30.0) -> Surface:
    """The bowl of condition number `condition` (1 to 1e8), turned by `angle` degrees. Raises `BadValue`."""
    if not 1 <= condition <= MOST_CONDITION:
        raise BadValue(f"tilted-bowl: condition must be in [1, {MOST_CONDITION:g}], got {condition:g}")
    if not math.isfinite(angle) or abs(angle) > 360:
        raise BadValue(f"tilted-bowl: angle must be in [-360, 360] degrees, got {angle:g}")
    a = f"({angle:.17g}*pi/180)"
    u, v = f"(x*cos{a} + y*sin{a})", f"(y*cos{a} - x*sin{a})"
    return Surface(
        id=f"tilted-bowl:condition={condition:.6g},angle={angle:.6g}",
        formula=f"({u}^2 + {condition:.17g}*{v}^2)/2",
        title={"en": "A tilted elliptical bowl", "zh": "倾斜的椭圆碗"},
        start=(-2.5, 0.5),
        minima=((0.0, 0.0),),
        learning_rate=1.5 / condition,
    )
