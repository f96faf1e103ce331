"""What a race would cost, known before anything is allocated: parameters, disk, and whether it fits."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import equinox as eqx
import jax

from ..core.errors import TooLarge
from ..engine.work import abstract_key
from ..workloads.workload import Workload
from .rules import learns

__all__ = ["MOST_RUNS", "check_size", "parameters"]

MOST_RUNS = 1_000_000


def parameters(workload: Workload) -> int:
    """How many numbers the network learns; nothing is computed."""
    model: Any = eqx.filter_eval_shape(workload.network, abstract_key())
    return sum(leaf.size for leaf in jax.tree.leaves(eqx.filter(model, learns)))


def check_size(runs: int, parameters: int, out: Path) -> None:
    """Raise `TooLarge`, with the estimate, when so many runs of a network cannot be kept on this machine."""
    if runs > MOST_RUNS:
        raise TooLarge(
            f"the race would have {runs:,} runs; at most {MOST_RUNS:,} fit in one race: use fewer points or seeds"
        )
    there = next(p for p in (out, *out.parents) if p.exists())
    free = shutil.disk_usage(there).free
    # every run's parameters, and with them an optimizer's two slots while it runs
    needed = runs * parameters * 4 * 3
    if needed > 0.9 * free:
        raise TooLarge(
            f"{runs:,} runs of {parameters:,} parameters need about {_size(needed)} of disk, "
            f"{there} has {_size(free)}: use fewer points or seeds, or another --out"
        )


def _size(count: float) -> str:
    """Bytes in the unit that fits: `512 bytes`, `3.1 MiB`."""
    units = iter(("KiB", "MiB", "GiB", "TiB", "PiB"))
    unit = "bytes"
    while count >= 1000 and (larger := next(units, None)):
        count, unit = count / 1024, larger
    return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
