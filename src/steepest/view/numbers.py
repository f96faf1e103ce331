"""Numbers as a reader wants them: a metric, an interval, a learning rate, a setting; a dash for what is not
known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .race import finite

__all__ = ["DASH", "count", "interval", "is_share", "metric", "place", "setting", "short", "varied_text"]

DASH = "–"


def is_share(name: str) -> bool:
    """Whether the metric `name` is a share that reads best in percent."""
    return "accuracy" in name


def short(value: Any, digits: int = 3) -> str:
    """A number at `digits` significant digits (0.001, 1e-05), text as it is, a dash for nothing."""
    if isinstance(value, bool | str):
        return str(value)
    number = finite(value)
    return DASH if number is None else f"{number:.{digits}g}"


def count(value: Any) -> str:
    """A whole number with thin spaces between thousands."""
    number = finite(value)
    return DASH if number is None else f"{number:,.0f}".replace(",", "\u2009")


def metric(name: str, value: Any) -> str:
    """A value of the metric `name`: 97.53% for a share, else four significant digits."""
    number = finite(value)
    if number is None:
        return DASH
    return f"{100 * number:.2f}%" if is_share(name) else f"{number:.4g}"


def interval(name: str, low: Any, high: Any) -> str:
    """Both ends of an interval of the metric `name`; a dash when an end is missing."""
    if finite(low) is None or finite(high) is None:
        return DASH
    return f"{metric(name, low).removesuffix('%')} – {metric(name, high)}"


def place(row: Mapping[str, Any]) -> str:
    """A row's rank, = where it is not told apart from the leader, ? where it has too few seeds to tell."""
    if not row["n"]:
        return DASH
    return f"{row['rank']}{'=' if row['tied'] else '?' if row['tied'] is None and row['rank'] > 1 else ''}"


def setting(hyperparameters: Mapping[str, Any]) -> str:
    """Hyper-parameters in one line: learning_rate=0.001, beta=0.9."""
    return ", ".join(f"{name}={short(value)}" for name, value in hyperparameters.items())


def varied_text(varied: Mapping[str, Any]) -> str:
    """Hyper-parameters as the command line takes them: lr 0.001, beta1 0.9."""

    def text(value: Any) -> str:
        return f"{value:.4g}" if isinstance(value, float) else "full" if value is None else str(value)

    return ", ".join(f"{'lr' if name == 'learning_rate' else name} {text(value)}" for name, value in varied.items())
