"""What can be chosen: optimizers with their numbers, workloads with what they race by default, schedules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["optimizers", "workloads"]


def optimizers() -> list[dict[str, Any]]:
    """Every optimizer with its dialects: argument -> default. This imports JAX."""
    from ..optimizers.registry import OPTIMIZERS

    return [{"name": name, "dialects": OPTIMIZERS.module(name).DIALECTS} for name in OPTIMIZERS]


def workloads(own: Mapping[str, Any]) -> dict[str, Any]:
    """Every workload and what it races when it is not told, `own` first; the names of schedules and initialisers."""
    from ..nn.initialisers import DEFAULT_SCALES
    from ..optimizers.registry import OPTIMIZERS
    from ..schedules.registry import SCHEDULES
    from ..workloads.registry import WORKLOADS

    found = [*own.items(), *((name, WORKLOADS.load(name)) for name in WORKLOADS)]
    return {
        "workloads": [
            {
                "id": name,
                "title": dict(one.title),
                "epochs": one.epochs,
                "batch_size": one.batch_size,
                "learning_rates": one.learning_rates,
                "schedule": one.schedule,
                "optimizers": one.optimizers,
                "quick": dict(one.quick),
                "target": one.target,
            }
            for name, one in found
        ],
        "optimizers": list(OPTIMIZERS),
        "schedules": list(SCHEDULES),
        "initialisers": list(DEFAULT_SCALES),
    }
