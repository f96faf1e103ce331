"""The runs of a race, or of a sample of it, in the terms of our textbook optimisers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple

__all__ = ["Run", "grid"]


class Run(NamedTuple):
    """One run."""

    optimizer: str
    rate: float
    seed: int

    def result(self, accuracy: float) -> dict[str, Any]:
        """The run as the benchmark compares it."""
        return {**self._asdict(), "accuracy": accuracy}


def grid(params: Mapping[str, Any]) -> list[Run]:
    """Every optimizer at every rate with every seed; `all_seeds` of them are a round's, of which `seeds` are run."""
    first = params.get("round", 0) * params.get("all_seeds", params.get("seeds", 1))
    seeds = range(first, first + params.get("seeds", 1))
    return [Run(*each) for each in product(params["optimizers"], params["rates"], seeds)]
