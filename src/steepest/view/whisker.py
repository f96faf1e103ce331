"""A dot and its whisker: a mean with its interval, on a scale that all rows share, as inline SVG."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .race import finite
from .words import Html

__all__ = ["WIDTH", "scale", "whisker"]

WIDTH, HEIGHT, PAD = 132, 16, 6


def scale(rows: Iterable[dict]) -> tuple[float, float]:
    """The range that every finite mean, low and high of `rows` fits into.

    One hopeless row must not press the others together, so rows far below (beyond three times the spread of
    the better half) are left to run off the scale.
    """
    spans = []
    for row in rows:
        mean = finite(row["mean"])
        if mean is not None:
            low, high = finite(row["low"]), finite(row["high"])
            spans.append((mean if low is None else low, mean if high is None else high))
    if not spans:
        return 0.0, 1.0
    half = spans[: max(2, (len(spans) + 1) // 2)]
    low, high = min(s[0] for s in half), max(s[1] for s in half)
    reach = 3 * (high - low)
    near = [s for s in spans if s[1] >= low - reach and s[0] <= high + reach]
    low = max(min(s[0] for s in near), low - 2 * reach)
    high = min(max(s[1] for s in near), high + 2 * reach)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def whisker(row: dict[str, Any], ends: tuple[float, float], colour: int) -> Html:
    """The drawing of one ranking row; empty without a mean, an arrow at the edge when it is off the scale."""
    mean = finite(row["mean"])
    if mean is None:
        return Html("")

    def x(value: float) -> float:
        return round(PAD + (value - ends[0]) / (ends[1] - ends[0]) * (WIDTH - 2 * PAD), 1)

    y = HEIGHT // 2
    if not ends[0] <= mean <= ends[1]:
        edge, step = (2, 5) if mean < ends[0] else (WIDTH - 2, -5)
        shape = f'<path class="off" d="M{edge + step} {y - 4}L{edge} {y}L{edge + step} {y + 4}"/>'
    else:
        low, high = finite(row["low"]), finite(row["high"])
        bar = ""
        if low is not None and high is not None and row["n"] > 1:
            left, right = max(1, x(low)), min(WIDTH - 1, x(high))
            bar = f'<path d="M{left} {y}H{right}M{left} {y - 4}v8M{right} {y - 4}v8"/>'
        shape = f'{bar}<circle cx="{x(mean)}" cy="{y}" r="4"/>'
    return Html(
        f'<svg class="whisker c{colour}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true">{shape}</svg>'
    )
