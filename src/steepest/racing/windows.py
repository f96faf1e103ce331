"""An axis around a value, or past the end of one that was raced: evenly spaced where the number acts evenly.

β, β₁, β₂, momentum, decay   log(1 − v), the length of what is averaged; never below 0 nor above 1 − 10⁻⁴
shares (keep_prob)           v, up to 1
all else                     log v between positive values, v where one is zero; never below zero

A β that was raced at 1 or more weighs no average (Optax has such), and is one of all else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = ["beyond", "window"]

_OF_OPTAX = ("b1", "b2", "b3", "adam_b1", "adam_b2", "decay", "decay_rate", "rho")
_BELOW_ONE = frozenset(("beta", "beta1", "beta2", "momentum", *_OF_OPTAX))
_SHARES = frozenset(("keep_prob", "schedule.one_cycle.rise"))
NEAREST_ONE = 1 - 1e-4
DIGITS = 4  # significant ones of a value


def beyond(name: str, inner: float, edge: float, steps: int, most: float = math.inf) -> list[float]:
    """The `steps` values that follow `edge`, as far apart as it is from `inner`; none past the number's domain."""
    name = _meant(name, inner, edge)
    to, back = _coordinate(name, inner, edge)
    wanted = [back(to(edge) + (to(edge) - to(inner)) * k) for k in range(1, steps + 1)]
    kept = [_rounded(name, _within(name, value, most), edge) for value in wanted]
    return [value for value in dict.fromkeys(kept) if (value > edge) == (edge > inner) and value != edge]


def window(name: str, values: Sequence[float], best: float, points: int, most: float = math.inf) -> list[float]:
    """`points` values from the neighbour of `best` below it to the one above it, `best` among them.

    Where `values` end, what lies as far on takes the neighbour's place. One value, or one point: `best` alone.
    """
    ordered = sorted(set(values))
    name = _meant(name, *ordered)
    at = ordered.index(best)
    if len(ordered) == 1 or points == 1:
        return [best]
    below = ordered[at - 1 : at] or beyond(name, ordered[at + 1], best, 1, most)
    above = ordered[at + 1 : at + 2] or beyond(name, ordered[at - 1], best, 1, most)
    first = points - 1 if not above else 0 if not below else (points - 1) // 2
    low = [] if not below else _between(name, below[0], best, first)
    high = [] if not above else _between(name, above[0], best, points - 1 - first)[::-1]
    return list(dict.fromkeys([*low, best, *high]))


def _meant(name: str, *values: float) -> str:
    """`name`, or none where its values show that it is not what the name says."""
    return "" if name in _BELOW_ONE and max(values) >= 1 else name


def _between(name: str, end: float, best: float, n: int) -> list[float]:
    """`n` values from `end` on towards `best`, which is not among them."""
    to, back = _coordinate(name, end, best)
    steps = [to(end) + (to(best) - to(end)) * k / n for k in range(n)]
    return [_rounded(name, back(u), best) if k else end for k, u in enumerate(steps)]


def _coordinate(name: str, *values: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Where `name` acts evenly, and back."""
    if name in _BELOW_ONE:
        return lambda v: math.log1p(-v), lambda u: -math.expm1(u)
    if name in _SHARES or min(values) <= 0:
        return float, float
    return math.log, math.exp


def _within(name: str, value: float, most: float) -> float:
    if name in _BELOW_ONE:
        most = NEAREST_ONE
    return min(max(value, 0.0), 1.0 if name in _SHARES else most)


def _rounded(name: str, value: float, like: float) -> float:
    if isinstance(like, int):
        return max(1, round(value))
    if name in _BELOW_ONE:
        return float(f"{1 - float(f'{1 - value:.{DIGITS}g}'):.12g}")
    return float(f"{value:.{DIGITS}g}")
