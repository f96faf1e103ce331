"""A recurrent network: an LSTM of 128 units reads the 28 rows of an MNIST digit; one run and eight, Adam, batch 128,
one epoch (eight: of 25 600 samples).

Peers: `torch.nn.LSTM` with fused Adam in memory, one run on both cores, eight in two processes of one thread each, and
with a DataLoader.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..contest import Contest
from .networks import one_and_eight

TITLE = "A recurrent network"


def contests(quick: bool) -> Iterator[Contest]:
    """The LSTM over rows."""
    yield from one_and_eight("mnist-rows-lstm", "LSTM over rows", quick)
