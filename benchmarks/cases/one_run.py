"""One run: MNIST by 784-128-64-10 with ReLU, Adam at 1e-3, batch 128, for one epoch and for five.

Ours is a race of one run with its folder, checkpoints and validation. Peers: PyTorch with tensors in memory (fused,
foreach, and compiled by Inductor), PyTorch with a DataLoader, Keras `fit` on TensorFlow, common and with fifty steps an
execution.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import Contest, Side, ours

TITLE = "One run of the MNIST network"
WORKLOAD, RATE = "mnist-mlp", 1e-3


def peers(sizes: dict[str, Any]) -> tuple[Side, ...]:
    """Everybody's one run of Adam."""
    told = {"workload": WORKLOAD, "optimizers": ["adam"], "rates": [RATE], "seeds": 1, **sizes}
    return (
        Side("PyTorch, in memory, fused", "benchmarks.peers.torch_memory", told),
        Side("PyTorch, in memory, foreach", "benchmarks.peers.torch_memory", {**told, "form": "foreach"}),
        Side(
            "PyTorch, in memory, torch.compile",
            "benchmarks.peers.torch_memory",
            {**told, "compiled": True},
            compiles=True,
        ),
        Side("PyTorch, DataLoader", "benchmarks.peers.torch_loader", told),
        Side("Keras fit", "benchmarks.peers.keras_fit", told),
        Side("Keras fit, 50 steps an execution", "benchmarks.peers.keras_fit", {**told, "steps_per_execution": 50}),
    )


def contests(quick: bool) -> Iterator[Contest]:
    """One epoch, and five."""
    for epochs in (1,) if quick else (1, 5):
        sizes: dict[str, Any] = {"batch_size": 128, "epochs": epochs, **({"samples": 2_000} if quick else {})}
        mine = ours({"workload": WORKLOAD, "optimizers": ["adam"], "lr": RATE, "seeds": 1, **sizes})
        title = f"one run, {epochs} epoch{'s' * (epochs > 1)}" + (", 2 000 samples" if quick else "")
        yield Contest(
            title, (mine, *peers(sizes)), ("s an epoch", epochs), (WORKLOAD,), tolerance=0.1 if quick else 0.01
        )
