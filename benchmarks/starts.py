"""Where the descents of the surfaces case begin: the same points for every side. Imports NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DOMAIN", "LOW", "starts"]

DOMAIN = ((-2.0, 2.0), (-1.0, 3.0))  # of Rosenbrock's banana
LOW = 1.0  # a height below which a descent has found the valley's floor


def starts(params: Mapping[str, Any]) -> NDArray[np.float64]:
    """`params["runs"]` points [n, 2], others in each round."""
    low, high = np.transpose(DOMAIN)
    return np.random.default_rng(params.get("round", 0)).uniform(low, high, (params["runs"], 2))
