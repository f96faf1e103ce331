"""The rows that a store takes and gives: a run, what became of it, a slab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.status import Status

__all__ = ["NewSlab", "Record", "RunRow", "RunUpdate", "SlabRow"]

Record = tuple[int, int, str, float]  # run, step, metric, value


@dataclass(frozen=True)
class RunRow:
    """One run: its configuration, its place in the plan, its state. `metrics` may hold nan and infinities."""

    id: int
    optimizer: str
    hyperparameters: dict[str, Any]
    seed: int
    lane: int
    slab: int
    status: Status = Status.WAITING
    steps: int = 0
    metrics: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RunUpdate:
    """The new state of run `id`; `metrics` takes the place of all that the run had."""

    id: int
    status: Status
    steps: int
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class NewSlab:
    """A slab that takes runs over from others: its lane, the chunk they have done, its runs, its checkpoint."""

    lane: int
    chunk: int
    runs: Sequence[int]
    arrays: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class SlabRow:
    """One slab: the last chunk that is safely stored (None: not started) and whether the slab has ended."""

    id: int
    lane: int
    chunk: int | None
    ended: bool
