"""Time to 98 % and to 99 % of the MNIST test split, a new seed every round, ten of each, and ten more in one race; the
slow examples play three and two of them.

Ours trains `mnist-mlp` (98 %) and `mnist-lenet5` (99 %) by their own recipes to the end, with no look at the test split
on the way: the mean accuracy over the seeds must be the target or more. Peers: the same recipe in PyTorch, in memory;
and the MNIST examples of Keras and PyTorch, stopped by the test split after the first epoch that reaches the target,
which favours them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import Contest, Side, ours

TITLE = "Time to 98 % and 99 % on MNIST"
SEEDS = 10
FEW = {"mnist-mlp": 3, "mnist-lenet5": 2}  # rounds of the slow examples


def contests(quick: bool) -> Iterator[Contest]:
    """98 % by the dense network, 99 % by LeNet-5."""
    for workload, target in (("mnist-mlp", 0.98), ("mnist-lenet5", 0.99)):
        sizes: dict[str, Any] = {"samples": 1_000, "epochs": 1} if quick else {}
        told = {"workload": workload, "target": 0.5 if quick else target, **sizes}
        few = FEW[workload]
        told_us = {"workload": workload, "target": target, **sizes}
        one = Side("Steepest", "benchmarks.ours.to_target", told_us, peer=False, compiles=True)
        sides = (
            one,
            Side("PyTorch, our recipe", "benchmarks.peers.torch_recipe", told),
            Side("Keras's example", "benchmarks.peers.keras_example", {"epochs": 15, **told}, rounds=few),
            Side("PyTorch's example, in memory", "benchmarks.peers.torch_example", {"epochs": 14, **told}, rounds=few),
        )
        title = f"{100 * target:g} % of the test split"
        pairs = None if quick else SEEDS
        yield Contest(title, sides, ("s to the target", 1), (workload,), pairs, tolerance=1 if quick else 0.005)
    sizes = {"samples": 1_000, "epochs": 1, "seeds": 2} if quick else {"seeds": SEEDS}
    yield Contest(
        f"98 % of the test split, {SEEDS} seeds in one race",
        (ours({"workload": "mnist-mlp", **sizes}),),
        ("s a seed", sizes["seeds"]),
        ("mnist-mlp",),
        pairs=1,
    )
