"""Which layout each lane of a race gets, and why: given, measured on this machine before, measured now, or by rule.

Measuring takes seconds (it compiles), so it is done only for a race that is long enough to gain by it, once per
workload, batch size and machine; what was found is kept in the cache folder.
"""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp

from ..core.spec import Configuration, Layout, RaceSpec
from ..data import scaling
from ..devices import cache_folder
from ..engine.calibration import measure
from ..engine.lane import load
from ..engine.plan import lay_out, parts
from ..engine.work import abstract_key, multiply_adds
from ..workloads.workload import Workload
from .own import Own
from .rules import build_rules

__all__ = ["Plan", "plan_lane"]

LONG_RACE = 5e12  # multiply-adds of a lane from which on measuring pays: about a minute of two cores


@dataclass(frozen=True)
class Plan:
    """A lane's layout and the sentence that explains it."""

    layout: Layout
    reason: str


def plan_lane(
    spec: RaceSpec,
    workload: Workload,
    own: Own,
    members: Sequence[Configuration],
    parameters: int,
    width: int | None,
) -> Plan:
    """The plan for the lane of `members`; `width` when it was asked for."""
    splits = workload.data()
    samples = len(splits.train)
    batch = min(int(members[0].structure["batch_size"] or samples), samples)
    rules = build_rules(workload, members[0], math.ceil(samples / batch), spec.epochs, own)
    size = rules.state_bytes(members[0].numbers)
    seeds = [seed for seed in spec.seeds for _ in members]
    devices = jax.device_count()
    reason, most = "as asked", None
    if width is None:
        key = _key(workload, parameters, batch, devices)
        found, reason = _remembered().get(key), "measured before"
        if found is None and len(seeds) > 1 and len(seeds) * spec.epochs * samples * parameters * 3 > LONG_RACE:
            data = load(splits, *scaling.fit(workload.scaling, splits.train.x))
            found, reason = measure(rules, dict(members[0].numbers), data, batch, size, devices), "measured now"
            _remember(key, found)
        if found is None:
            reason = "by rule, the race being short"
        else:
            most = min(found, key=lambda w: found[w])
            reason += " (" + ", ".join(f"{1e6 * s:.0f} µs at {w}" for w, s in found.items()) + " a run-step)"
    alone = len(seeds) == 1 and width is None and devices > 1 and "keep_prob" not in members[0].numbers
    split = parts(batch, _uses(workload, parameters), devices) if alone else 1
    layout = lay_out(seeds, size, devices, width, most, split)
    label = members[0].label if len({m.label for m in members}) == 1 else members[0].optimizer
    side = f"{layout.width} side by side" if layout.vectorised else "one after another"
    if layout.split:
        side = "its batches split,"
    runs, rows, on = _count(len(seeds), "run"), _count(layout.rows, "row"), _count(layout.devices, "device")
    reason = f"{label}, {runs}: {side} in {rows} on {on}; {reason}"
    return Plan(layout, reason)


def _uses(workload: Workload, parameters: int) -> float:
    """How often a sample uses a weight, on average."""
    x = jax.ShapeDtypeStruct((1, *workload.data().train.x.shape[1:]), jnp.float32)
    return multiply_adds(lambda key, x: workload.network(key)(x), abstract_key(), x) / max(1, parameters)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _key(workload: Workload, parameters: int, batch: int, devices: int) -> str:
    machine = f"{platform.machine()} {_processor()} x{devices} {jax.default_backend()} jax {version('jaxlib')}"
    return f"{workload.id}, {parameters} parameters, batch {batch}, {machine}"


def _processor() -> str:
    with suppress(OSError, StopIteration, IndexError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line for line in lines if line.startswith("model name")).split(":", 1)[1].strip()
    return platform.processor()


def _file() -> Path:
    return cache_folder() / "plans.json"


def _remembered() -> dict[str, dict[int, float]]:
    """What was measured before; a cache that cannot be read is one that is empty."""
    with suppress(OSError, ValueError, AttributeError, TypeError):
        kept: dict[str, Any] = json.loads(_file().read_text())
        return {key: {int(w): float(s) for w, s in found.items()} for key, found in kept.items()}
    return {}


def _remember(key: str, found: Mapping[int, float]) -> None:
    with suppress(OSError):  # a cache that cannot be written is measured again
        _file().parent.mkdir(parents=True, exist_ok=True)
        partial = _file().with_suffix(".partial")
        partial.write_text(json.dumps({**_remembered(), key: found}, indent=1))
        partial.replace(_file())
