"""Which way a metric is better: as its race declares it; else by its name, losses, errors and heights being less."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["higher_is_better"]

LOWER = frozenset(("loss", "error", "perplexity", "mse", "rmse", "mae", "nll", "height"))


def higher_is_better(metric: str, declared: Mapping[str, bool] | None = None) -> bool:
    """Whether more of `metric` (`f1`, or `test_f1` of a split) is better.

    `declared` is what a race's facts have under "higher"; where the metric is not in it, a word of its name decides.
    """
    name = re.sub(r"^(train|validation|test)_", "", metric)
    if declared and name in declared:
        return declared[name]
    return LOWER.isdisjoint(re.split(r"[^a-z]+", metric.lower()))
