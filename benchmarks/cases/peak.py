"""Which share of the machine's arithmetic a race of MNIST by 784-128-64-10 uses: 1 and 16 runs, SGD and Adam, batch
128, two epochs.

The peak is measured in the same process: products 2048³ of float32 on both cores. Counted are two operations for each
multiply-add of the products that training needs; all else is counted as time. Ours alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..contest import Contest, ours

TITLE = "Share of the machine's peak"
WORKLOAD, SIZES = "mnist-mlp", [784, 128, 64, 10]


def contests(quick: bool) -> Iterator[Contest]:
    """Two optimisers, three sizes of race."""
    for optimizer in ("sgd", "adam"):
        for runs in (2,) if quick else (1, 16):
            rates = [float(f"{10 ** (i / runs - 3.5):.7g}") for i in range(runs)]
            told = {"workload": WORKLOAD, "optimizers": [optimizer], "lr": rates, "seeds": 1, "batch_size": 128}
            sizes = {"epochs": 1, "samples": 640} if quick else {"epochs": 2}
            side = ours({**told, **sizes, "sizes": SIZES}, module="benchmarks.ours.peak")
            yield Contest(f"{optimizer}, {runs} run{'s' * (runs > 1)}", (side,), ("s a run", runs), (WORKLOAD,))
