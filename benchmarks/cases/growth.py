"""How the time of a run and the memory grow with the race: 1 to 1 024 runs of MNIST by 784-128-64-10, Adam at as
many rates, one epoch of batch 128 over the first 12 800 samples (100 steps).

Ours alone; the peers' time grows in proportion to the runs, as the other cases show.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..contest import Contest, ours

TITLE = "From 1 to 1 024 runs"
WORKLOAD = "mnist-mlp"


def contests(quick: bool) -> Iterator[Contest]:
    """Four times as many runs each time."""
    samples = 640 if quick else 12_800
    for runs in (1, 4) if quick else (1, 4, 16, 64, 256, 1024):
        rates = [float(f"{10 ** (i / runs - 3.5):.7g}") for i in range(runs)]
        told = {"workload": WORKLOAD, "optimizers": ["adam"], "lr": rates, "seeds": 1, "batch_size": 128}
        title = f"{runs} run{'s' * (runs > 1)}, {samples} samples"
        side = ours({**told, "epochs": 1, "samples": samples})
        yield Contest(title, (side,), ("s a run", runs), (WORKLOAD,))
