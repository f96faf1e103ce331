"""Data sets, each `() -> Splits`, loaded when asked for. No JAX here, and no network: all is in the wheel or
in scikit-learn.

`load("mnist")` gives the splits; one file per data set; add one with a file and a line of DATASETS.
"""

from __future__ import annotations

from ..core.registry import Registry
from .splits import Split, Splits

__all__ = ["DATASETS", "Split", "Splits", "load"]

DATASETS = Registry("data set", "steepest.data", ("mnist", "digits", "cancer", "flower", "moons"))


def load(name: str) -> Splits:
    """The splits of the data set `name`, the same arrays at every call; `UnknownName` when there is none."""
    splits: Splits = DATASETS.load(name)()
    return splits
