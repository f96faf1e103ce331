"""Our workload's own recipe (optimizer, rate, schedule, batch size, epochs) in PyTorch with tensors in memory.

Timed as in torch_memory: scaling, building, training, the test split.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.peers import torch_memory
from benchmarks.peers.arrays import recipe
from benchmarks.side import play


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One run of the recipe; raises `ValueError` when it has a schedule that this side does not know."""
    known = recipe(params)
    if known["schedule"] not in torch_memory.SCHEDULES:
        raise ValueError(f"no twin of the schedule {known['schedule']!r}")
    told = {"optimizers": [known["optimizer"]], "rates": [known["rate"]], "seeds": 1, **known, **params}
    return torch_memory.measure(told)


if __name__ == "__main__":
    play(measure)
