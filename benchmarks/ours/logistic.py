"""Logistic regression with 20 inputs and 2 classes, as a user would add it: a file with one `Workload`."""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from steepest import Split, Splits, Workload, losses, metrics, mlp

SAMPLES, HELD_OUT, INPUTS = 51_200, 2_000, 20


@cache
def two_clouds() -> Splits:
    """Two overlapping normal clouds in 20 dimensions, the same for everybody."""
    random = np.random.default_rng(20)
    direction = random.normal(size=INPUTS) / np.sqrt(INPUTS)

    def split(n: int) -> Split:
        y = random.integers(0, 2, n).astype(np.int32)
        x = random.normal(size=(n, INPUTS)) + np.where(y[:, None] == 1, direction, -direction)
        return Split(x.astype(np.float32), y)

    return Splits(split(SAMPLES), split(HELD_OUT), split(HELD_OUT))


logistic = Workload(
    id="logistic-20-2",
    network=partial(mlp, sizes=(INPUTS, 2)),
    data=two_clouds,
    loss=losses.softmax_cross_entropy,
    metrics={"accuracy": metrics.accuracy},
)
