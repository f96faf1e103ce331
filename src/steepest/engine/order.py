"""In which order a run sees its samples: a pure function of (seed, epoch), shared by all runs of a seed.

An epoch is a random permutation cut into mini-batches; the short last one is kept and padded with -1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .chunks import Chunks

__all__ = ["chunk_order", "epoch_order"]

SHUFFLE = 0x5EED  # the purpose "data order", so that it shares no stream with another use of the seed


def epoch_order(seed: int, epoch: int, samples: int, batch_size: int) -> NDArray[np.int32]:
    """Sample indices [steps, batch_size] of one epoch, -1 where the last batch is short."""
    steps = -(-samples // batch_size)
    order = np.full(steps * batch_size, -1, np.int32)
    order[:samples] = np.random.Generator(np.random.Philox([seed, epoch, SHUFFLE])).permutation(samples)
    return order.reshape(steps, batch_size)


def chunk_order(seed: int, chunk: int, chunks: Chunks, samples: int, batch_size: int) -> NDArray[np.int32]:
    """Sample indices [chunks.length, batch_size] of one chunk; steps that it does not have are -1 throughout."""
    first, last = chunks.span(chunk)
    out = np.full((chunks.length, batch_size), -1, np.int32)
    if samples == 1:  # a surface: nothing to shuffle in thousands of epochs
        out[: last - first, 0] = 0
        return out
    for step in range(first, last):
        epoch, within = divmod(step, chunks.steps_per_epoch)
        if step == first or within == 0:
            order = epoch_order(seed, epoch, samples, batch_size)
        out[step - first] = order[within]
    return out
