"""Logistic regression, 20 inputs, 2 classes, SGD, batch 128, 2 000 steps: 1, 16, 256 and 4 096 runs at as many rates.

The workload is a user's own, defined in benchmarks/ours/logistic.py. Peers: an eager PyTorch loop (one run, times the
number of runs) and the runs stacked in PyTorch: batched products with autograd, and one large product with the gradient
written by hand. The figure is µs for one step of one run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import Contest, Side, ours, sampled

TITLE = "Logistic regression, 1 to 4 096 runs"
FILE, WORKLOAD = "benchmarks/ours/logistic.py:logistic", "logistic-20-2"
STEPS_AN_EPOCH = 400


def rates(count: int) -> list[float]:
    """`count` rates from 0.01 to 0.1."""
    return [float(f"{0.01 * 10 ** (i / max(1, count - 1)):.7g}") for i in range(count)]


def contests(quick: bool) -> Iterator[Contest]:
    """More and more runs."""
    sizes: dict[str, Any] = {"batch_size": 128, "epochs": 1 if quick else 5, **({"samples": 1_280} if quick else {})}
    steps = 10 if quick else 5 * STEPS_AN_EPOCH
    for runs in (1, 16) if quick else (1, 16, 256, 4096):
        told = {"workload": WORKLOAD, "optimizers": ["sgd"], "rates": rates(runs), "seeds": 1, **sizes}
        # the stacked forms take minutes for an epoch of thousands of runs, and every epoch costs the same
        part = sampled(1, sizes["epochs"], "epochs") if runs > 1000 else {}
        few = {**told, "epochs": 1} if part else told
        one = {**told, "rates": rates(runs)[-1:], "form": "plain"}
        sides = (
            ours({"workload": FILE, "optimizers": ["sgd"], "lr": rates(runs), "seeds": 1, **sizes}),
            Side("PyTorch, eager loop", "benchmarks.peers.torch_memory", one, **sampled(1, runs)),
            Side(
                "PyTorch, stacked, bmm and autograd", "benchmarks.peers.torch_stacked", {**few, "form": "bmm"}, **part
            ),
            Side("PyTorch, stacked, by hand", "benchmarks.peers.torch_stacked", {**few, "form": "gemm"}, **part),
        )
        title = f"{runs} run{'s' * (runs > 1)}, {steps} steps"
        yield Contest(title, sides, ("µs a run-step", runs * steps / 1e6), (FILE,), tolerance=0.3 if quick else 0.01)
