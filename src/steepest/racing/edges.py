"""Best settings that lie on the edge of what was raced: a better one may lie beyond, and no interval tells.

An edge is the lowest or highest of at least LEAST values of a number, unless nothing is past it (λ = 0, a share of 1).
With it goes the axis to race next: from the value before the edge to two steps past it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.spec import RaceSpec
from .command import axis_text, option
from .windows import beyond

__all__ = ["LEAST", "Edge", "edges", "entry_settings", "grouped", "numeric_axes"]

LEAST = 3  # of two values the better is always an end
STEPS = 2
MOST = 10**9  # samples of a split, where a race does not know


@dataclass(frozen=True)
class Edge:
    """Where the best setting of `optimizers` has `value`, the `side` ("low" or "high") end of its axis `name`.

    next   the option of `steepest race` that goes on from there, e.g. `--lr 0.316228..10:4`
    """

    optimizers: tuple[str, ...]
    name: str
    value: float
    side: str
    next: str


def numeric_axes(settings: Sequence[Mapping[str, Any]], best: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The numbers of `best` that vary, with their values in order, among the settings that share all else with it."""
    numbers = [k for k, v in best.items() if isinstance(v, (int, float)) and not isinstance(v, bool)]
    rest = [k for k in best if k not in numbers]
    peers = [s for s in settings if s.keys() == best.keys() and all(s[k] == best[k] for k in rest)]
    axes = {k: sorted({s[k] for s in peers}) for k in numbers}
    return {k: values for k, values in axes.items() if len(values) > 1}


def entry_settings(spec: RaceSpec, configuration: int) -> tuple[list[dict[str, Any]], dict[str, Any], int]:
    """All settings of the entry that `configuration` is of, its own, and the samples of a full batch."""
    mine, samples = spec.configurations[configuration], int(spec.facts.get("samples", MOST))
    peers = [c for c in spec.configurations if c.label == mine.label]
    told = [{**c.hyperparameters, "batch_size": c.structure["batch_size"] or samples} for c in peers]
    return told, told[peers.index(mine)], samples


def edges(
    optimizer: str, label: str, settings: Sequence[Mapping[str, Any]], best: Mapping[str, Any], samples: int = MOST
) -> list[Edge]:
    """The edges that `best` lies on, among the `settings` of its entry; no batch is larger than `samples`."""
    found = []
    for name, values in numeric_axes(settings, best).items():
        side = {values[0]: "low", values[-1]: "high"}.get(best[name])
        if side is None or len(values) < LEAST:
            continue
        inner = values[1] if side == "low" else values[-2]
        past = beyond(name, inner, best[name], STEPS, samples if name == "batch_size" else math.inf)
        if past:
            axis = axis_text(sorted((inner, best[name], *past)))
            found.append(Edge((label,), name, best[name], side, " ".join(option(optimizer, name, axis))))
    return found


def grouped(found: Iterable[Edge]) -> list[Edge]:
    """Edges that are the same in all but their optimizers, as one."""
    joined: dict[tuple[Any, ...], tuple[str, ...]] = {}
    for edge in found:
        key = (edge.name, edge.value, edge.side, edge.next)
        joined[key] = (*joined.get(key, ()), *edge.optimizers)
    return [Edge(optimizers, *key) for key, optimizers in joined.items()]
