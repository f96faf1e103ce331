"""Heights made to be seen: lifted to 0 … 1 on a linear or a logarithmic scale above the lowest."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["lifted"]

SMALLEST = 1e-4  # share of the range below which the logarithm ends


def lifted(heights: Sequence[Sequence[float | None]], scale: str = "log") -> list[list[float | None]]:
    """The rows of `heights` as 0 … 1, None where there is none; on a log scale a valley's floor has contours too."""
    finite = [v for row in heights for v in row if v is not None]
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    bottom, top = math.log(SMALLEST), math.log(1 + SMALLEST)

    def lift(value: float | None) -> float | None:
        if value is None or high <= low:
            return None if value is None else 0.0
        share = (value - low) / (high - low)
        return share if scale == "linear" else (math.log(share + SMALLEST) - bottom) / (top - bottom)

    return [[lift(v) for v in row] for row in heights]
