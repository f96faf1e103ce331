"""A surface: a formula in x and y with what is known of it, as one frozen value.

Its derivatives are JAX's of the formula, in float64. It knows nothing of optimisers; where its minima are is said by
whoever writes it down, and checked by tests.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from ..core.errors import BadValue
from .formula import Formula

__all__ = ["GREATEST", "Domain", "Point", "Surface"]

Point = tuple[float, float]
GREATEST = float(np.finfo(np.float32).max)  # beyond it a run has diverged: races are float32
Domain = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Surface:
    """A function of two variables.

    id             its name with its options, e.g. `tilted-bowl:condition=100`; of a typed formula its text
    formula        its text, see `parser`
    title          language ("en", "zh") -> one line
    domain         ((x0, x1), (y0, y1)): what pictures show and starts are drawn from
    start          where a descent begins that is not told otherwise
    minima         its lowest points, as far as they are known
    scale          how contours are spaced: evenly, or by the logarithm of the height above the lowest
    learning_rate  one at which gradient descent gets along
    """

    id: str
    formula: str
    title: Mapping[str, str] = field(default_factory=dict, hash=False)
    domain: Domain = ((-3.0, 3.0), (-3.0, 3.0))
    start: Point = (-2.0, 2.0)
    minima: tuple[Point, ...] = ()
    scale: Literal["linear", "log"] = "linear"
    learning_rate: float = 0.01

    def __post_init__(self) -> None:
        for name, (low, high) in zip("xy", self.domain, strict=True):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise BadValue(f"surface: the domain of {name} must be finite, low < high; got {low:g} … {high:g}")
        if not all(map(math.isfinite, self.start)):
            raise BadValue(f"surface: the start must be finite; got {self.start}")

    @cached_property
    def value(self) -> Formula:
        """The function itself: `value(x, y)` of floats, NumPy arrays, JAX arrays or tracers."""
        return Formula(self.formula)

    def gradient(self, x: Any, y: Any) -> Any:
        """(∂f/∂x, ∂f/∂y), float64 [2, ...] for x and y [...]."""
        return self.gradient_and_hessian(x, y)[0]

    def hessian(self, x: Any, y: Any) -> Any:
        """The matrix of second derivatives, float64 [2, 2, ...] for x and y [...]."""
        return self.gradient_and_hessian(x, y)[1]

    def gradient_and_hessian(self, x: Any, y: Any) -> Any:
        """Both at once."""
        from .derivatives import derivatives

        return derivatives(self.value.code, self.value.numbers, x, y)

    def check_start(self, x: float, y: float) -> None:
        """Raise `BadValue` unless the surface has a value at (x, y)."""
        value = self.value(x, y)
        if not abs(value) <= GREATEST:
            raise BadValue(f"start: {self.id} is {value:g} at ({x:g}, {y:g}); start where it has a value")

    @property
    def diameter(self) -> float:
        """The length of the domain's diagonal: what distances on the surface are compared with."""
        return math.hypot(*(high - low for low, high in self.domain))
