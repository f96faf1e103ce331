"""Numbers as the terminal shows them."""

from __future__ import annotations

from ..core.metrics import higher_is_better

__all__ = ["metric_text"]


def metric_text(name: str, value: float) -> str:
    """A metric's value: a share to four places, a loss or a height to four digits."""
    return f"{value:.4f}" if higher_is_better(name) else f"{value:.4g}"
