"""Adam on Rosenbrock's banana in PyTorch: one start after another in an eager loop, or all starts as one tensor.

One thread, which is quicker for so small a problem. Timed: the steps; the paths are not kept.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch import Tensor

from benchmarks.side import play
from benchmarks.starts import LOW, starts


def height(at: Tensor) -> Tensor:
    """[..., 2] -> [...]."""
    x, y = at[..., 0], at[..., 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def descend(point: Tensor, rate: float, steps: int) -> Tensor:
    """The heights after the steps."""
    point = point.clone().requires_grad_()
    optimizer = torch.optim.Adam([point], lr=rate, fused=True)
    for _ in range(steps):
        optimizer.zero_grad(set_to_none=True)
        height(point).sum().backward()
        optimizer.step()
    return height(point.detach())


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """`form` "stacked": all starts at once; "eager": the first `alone` of them, one after another."""
    torch.set_num_threads(1)
    points = torch.from_numpy(starts(params)).float()
    descend(points[:1], params["rate"], 20)
    started = time.perf_counter()
    if params["form"] == "stacked":
        heights = descend(points, params["rate"], params["steps"])
    else:
        heights = torch.stack([descend(point, params["rate"], params["steps"]) for point in points[: params["alone"]]])
    seconds = time.perf_counter() - started
    whole = len(heights) == len(points)
    share = float((heights < LOW).float().mean()) if whole else None
    return {"seconds": seconds, "accuracy": share, "steps": params["steps"]}


if __name__ == "__main__":
    play(measure)
