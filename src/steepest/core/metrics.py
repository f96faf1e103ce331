"""Which way a metric is better, told by its name: losses, errors and heights are the ones where less is."""

from __future__ import annotations

import re

__all__ = ["higher_is_better"]

LOWER = frozenset(("loss", "error", "perplexity", "mse", "rmse", "mae", "nll", "height"))


def higher_is_better(metric: str) -> bool:
    """Whether more of `metric` is better: no word of its name (`validation_loss`) says otherwise."""
    return LOWER.isdisjoint(re.split(r"[^a-z]+", metric.lower()))
