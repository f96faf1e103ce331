"""Convolutional networks on MNIST: LeNet-5 and the small CNN, one run and eight, Adam at 1e-3, batch 128, one epoch
(eight: of 25 600 samples).

Peers: the same network in PyTorch, channels_last, fused Adam, in memory: one run on both cores, eight in two
processes of one thread each (which is quicker than one after the other), and with a DataLoader in the default
layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..contest import Contest
from .networks import one_and_eight

TITLE = "Convolutional networks"


def contests(quick: bool) -> Iterator[Contest]:
    """LeNet-5, then the small CNN."""
    yield from one_and_eight("mnist-lenet5", "LeNet-5", quick)
    yield from one_and_eight("mnist-cnn", "small CNN", quick)
