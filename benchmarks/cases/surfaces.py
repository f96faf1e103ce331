"""Rosenbrock's banana, Adam at 0.01, 1 000 steps, from 1, 16, 256 and 4 096 starts: the same for every side.

Ours is `steepest.descend`, which keeps every point of every path in float64; then a race of 4 096 seeds, which keeps
records, checkpoints and models on disk and draws its own starts. Peers: PyTorch with its fused Adam, one start after
another in an eager loop, and all starts stacked in one tensor. The figure is µs for one step of one run; "accuracy" is
the share of starts that come below a height of 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import OURS, Contest, Side, sampled

TITLE = "A surface of two parameters, 1 to 4 096 starts"
ALONE = 16  # starts of the eager loop


def contests(quick: bool) -> Iterator[Contest]:
    """More and more starts, then a race."""
    steps = 20 if quick else 1000
    counts = (1, 16) if quick else (1, 16, 256, 4096)
    for runs, race in [(n, False) for n in counts] + [(counts[-1], True)]:
        told: dict[str, Any] = {"rate": 0.01, "steps": steps, "runs": runs}
        alone = min(ALONE, runs)
        sides = (
            Side(OURS, "benchmarks.ours.surface", {**told, "race": race}, peer=False, compiles=True),
            Side("PyTorch, eager loop", "benchmarks.peers.torch_surface", {**told, "form": "eager", "alone": alone},
                 **sampled(alone, runs, "starts")),
            Side("PyTorch, stacked", "benchmarks.peers.torch_surface", {**told, "form": "stacked"}),
        )  # fmt: skip
        title = f"{runs} start{'s' * (runs > 1)}{', as a race' * race}, {steps} steps"
        yield Contest(title, sides, ("µs a run-step", runs * steps / 1e6), tolerance=1 if quick else 0.05)
