"""Five problems on one tree of parameters, in whichever of NumPy and JAX is handed in.

bowl and rosenbrock depend on the parameters alone; wide and tall are matrices with noise from outside; rare
has gradients that are mostly zero. None has its minimum at zero, and noise keeps the matrices from
settling, where rounding would be all that is left of a step.
"""

from types import ModuleType
from typing import Any

import numpy as np

STEPS = 200

_RNG = np.random.default_rng(3)
START = {
    "bowl": np.full(6, -1.0),
    "rosenbrock": np.array([-1.2, 1.0]),
    "wide": _RNG.normal(size=(2, 3)),
    "tall": _RNG.normal(size=(4, 2)),
    "rare": np.full(7, 0.3),
}
_CURVATURES = np.logspace(-2, 1, 6)
NOISE = {
    "wide": 0.3 * _RNG.normal(size=(STEPS, 2, 3)),
    "tall": 0.3 * _RNG.normal(size=(STEPS, 4, 2)),
    "rare": (np.arange(STEPS)[:, None] % np.arange(2, 9) == 0).astype(float),
}


def gradients(np: ModuleType, w: dict[str, Any], noise: dict[str, Any]) -> dict[str, Any]:
    """The gradient of every tensor, given this step's slice of `NOISE`."""
    x, y = w["rosenbrock"][0], w["rosenbrock"][1]
    return {
        "bowl": _CURVATURES * (w["bowl"] - 1.5),
        "rosenbrock": 0.005 * np.stack([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]),
        "wide": w["wide"] - 2.0 + noise["wide"],
        "tall": w["tall"] + 3.0 + noise["tall"],
        "rare": 2 * (w["rare"] - 1.8) * noise["rare"],
    }
