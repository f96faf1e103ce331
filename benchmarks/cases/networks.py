"""One run and eight of any MNIST workload that has a twin in PyTorch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import Contest, Side, ours

RATES = [float(f"{10 ** (i / 7 - 3.5):.6g}") for i in range(8)]  # 3e-4 to 3e-3: all of them learn
ONE = 1e-3
EIGHT_SAMPLES = 25_600  # 200 steps


def one_and_eight(workload: str, name: str, quick: bool) -> Iterator[Contest]:
    """A run of one epoch, and eight runs at eight rates over EIGHT_SAMPLES."""
    sizes: dict[str, Any] = {"batch_size": 128, "epochs": 1, **({"samples": 512} if quick else {})}
    memory, loader = "benchmarks.peers.torch_memory", "benchmarks.peers.torch_loader"
    for rates in ([ONE], RATES[::7] if quick else RATES):
        if len(rates) > 1 and not quick:
            sizes = {**sizes, "samples": EIGHT_SAMPLES}
        told = {"workload": workload, "optimizers": ["adam"], "rates": rates, "seeds": 1, **sizes}
        mine = ours({"workload": workload, "optimizers": ["adam"], "lr": rates, "seeds": 1, **sizes})
        peers = (
            (Side("PyTorch, in memory", memory, told), Side("PyTorch, DataLoader", loader, told))
            if len(rates) == 1
            else (
                Side("PyTorch, in memory, two processes", memory, {**told, "processes": 2}),
                Side("PyTorch, in memory, one after the other", memory, told),
            )
        )
        runs = "one run" if len(rates) == 1 else f"{len(rates)} runs"
        yield Contest(
            f"{name}, {runs}, one epoch" + (f", {sizes['samples']} samples" if "samples" in sizes else ""),
            (mine, *peers),
            ("s a run", len(rates)),
            (workload,),
            tolerance=0.5 if quick else 0.015,
        )
