"""How a run's steps are cut into chunks: each ends with a checkpoint, most with an evaluation.

A long epoch has PER_EPOCH chunks, a short one is a chunk, and many short ones are gathered so that a run has about
PER_RUN chunks. All chunks of a lane run the same compiled program of `length` steps; the last of an epoch may use
fewer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Chunks", "cut"]

PER_EPOCH, PER_RUN, SHORT_EPOCH = 2, 20, 32


@dataclass(frozen=True)
class Chunks:
    """The cut: chunk i covers the steps `span(i)`, at most `length` of them."""

    total_steps: int
    steps_per_epoch: int
    length: int
    per_period: int  # chunks in a period
    period: int  # steps after which the pattern repeats

    @property
    def count(self) -> int:
        """Chunks in a run."""
        whole, rest = divmod(self.total_steps, self.period)
        return whole * self.per_period + math.ceil(rest / self.length)

    def reaching(self, share: float) -> int:
        """How many chunks it takes to have made this share of the steps."""
        return next(i for i in range(1, self.count + 1) if self.span(i - 1)[1] >= share * self.total_steps)

    def span(self, chunk: int) -> tuple[int, int]:
        """First step of the chunk, and the step after its last."""
        period, within = divmod(chunk, self.per_period)
        start = period * self.period
        first = start + within * self.length
        return first, min(first + self.length, start + self.period, self.total_steps)


def cut(samples: int, batch_size: int, epochs: float, least: int = 1, each_epoch: bool = False) -> Chunks:
    """Cut a run of `epochs` passes over `samples` in mini-batches of `batch_size`; every epoch's end ends a chunk.

    About `least` chunks or more. Only a run of many short epochs has several of them in a chunk, unless something
    listens to `each_epoch`.
    """
    steps_per_epoch = math.ceil(samples / batch_size)
    total = max(1, round(epochs * steps_per_epoch))
    per_epoch = max(PER_EPOCH if steps_per_epoch >= SHORT_EPOCH else 1, math.ceil(least / epochs))
    if per_epoch == 1 and not each_epoch and epochs > PER_RUN:
        length = int(epochs // PER_RUN) * steps_per_epoch
        return Chunks(total, steps_per_epoch, length, 1, length)
    length = math.ceil(steps_per_epoch / per_epoch)
    return Chunks(total, steps_per_epoch, length, math.ceil(steps_per_epoch / length), steps_per_epoch)
