"""Runs of a stored race once more, from their seeds, with their parameters kept along the way.

A race keeps the parameters that a run ended with, not those it passed through. They are found again by the same rules
on the same data in the same order. Where a lane ran its runs one after another, or runs again in the layout it had, the
steps are those of the race to the bit on the same machine and versions; else they differ by rounding. `deviation` says
how far the end is from the parameters that the race kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import equinox as eqx
import jax
import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadValue, TooLarge
from ..core.spec import Layout
from ..core.status import Status
from ..data import scaling
from ..engine.chunks import Chunks, cut
from ..engine.lane import Lane, load, place
from ..engine.order import chunk_order
from ..engine.plan import lay_out
from ..engine.slabs import Member, deal, slots
from ..engine.work import abstract_key
from ..workloads.workload import Workload
from .dealing import lanes_of, member
from .own import Own
from .results import Race, Run
from .rules import build_rules, learns, named_arrays

__all__ = ["SNAPSHOTS", "Trajectory", "parameter_names", "replay"]

SNAPSHOTS, FEWEST = 64, 8  # about how many points of a run are kept; fewer when they would fill the memory
MEMORY_BYTES = 1 << 30


@dataclass(frozen=True)
class Trajectory:
    """A run's way through parameter space.

    steps      how many steps had been made at each point [k], the first 0
    points     the parameters that it would have been judged by, flattened and joined in the order of
               `parameter_names`, float32 [k, D]
    deviation  largest difference from the parameters that the race kept, relative to the largest of them; None for a
               run that was stopped early, of which it kept none
    """

    run: Run
    steps: NDArray[np.int64]
    points: NDArray[np.float32]
    deviation: float | None


def parameter_names(workload: Workload) -> dict[str, tuple[int, ...]]:
    """Name -> shape of each of the network's parameters, in order."""
    shapes: Any = eqx.filter_eval_shape(workload.network, abstract_key())
    return {name: leaf.shape for name, leaf in named_arrays(eqx.filter(shapes, learns)).items()}


def replay(race: Race, runs: Sequence[Run], workload: Workload, own: Own) -> list[Trajectory]:
    """The trajectories of `runs`, in order. Raises `BadValue` for a run that did not end well, `TooLarge`."""
    for run in runs:
        if run.status not in (Status.FINISHED, Status.STOPPED):
            raise BadValue(f"run {run.id} is {run.status}: only a run that finished, or was stopped early, has a path")
    names = parameter_names(workload)
    size = 4 * len(runs) * sum(math.prod(shape) for shape in names.values())
    if size * FEWEST > MEMORY_BYTES:
        raise TooLarge(
            f"{FEWEST} points of {len(runs)} runs need {size * FEWEST / 2**30:.1f} GiB; choose fewer with --runs"
        )
    snapshots = min(SNAPSHOTS, MEMORY_BYTES // size)
    found: dict[int, Trajectory] = {}
    for lane, members in enumerate(lanes_of(race.spec.configurations)):
        mine = [run for run in runs if run.configuration in members]
        if mine:
            for trajectory in _lane(race, lane, mine, workload, own, snapshots, list(names)):
                found[trajectory.run.id] = trajectory
    return [found[run.id] for run in runs]


def _lane(
    race: Race,
    number: int,
    runs: Sequence[Run],
    workload: Workload,
    own: Own,
    snapshots: int,
    names: Sequence[str],
) -> Iterator[Trajectory]:
    spec = race.spec
    splits = workload.data()
    samples = len(splits.train)
    configuration = spec.configurations[runs[0].configuration]
    batch = min(int(configuration.structure["batch_size"] or samples), samples)
    rules = build_rules(workload, configuration, math.ceil(samples / batch), spec.epochs, own)
    chunks = _finer(cut(samples, batch, spec.epochs), snapshots, rules.observe is not None)
    members = [member(spec, run.id) for run in runs]
    layout = _layout(spec.layouts[number], members, rules.state_bytes(configuration.numbers))
    lane = Lane(rules, layout, chunks, batch, tuple(configuration.numbers))
    data = place(load(splits, *scaling.fit(workload.scaling, splits.train.x)), lane.mesh)
    lane.compile(data)
    by_id = {run.id: run for run in runs}
    for dealt in deal(members, layout):
        dealt_slots = slots(dealt, layout)
        places = {int(dealt_slots.ids[tuple(at)]): tuple(at) for at in np.argwhere(dealt_slots.filled)}
        seen: dict[int, list[NDArray[np.float32]]] = {run: [] for run in places}
        steps: dict[int, list[int]] = {run: [] for run in places}
        state, last = lane.init(dealt_slots), 0
        for chunk in range(chunks.count + 1):
            models = lane.models(state)
            for run, at in places.items():
                if last <= by_id[run].steps:
                    seen[run].append(np.concatenate([models[name][at].ravel() for name in names]))
                    steps[run].append(last)
            if chunk == chunks.count or all(last >= by_id[run].steps for run in places):
                break
            last = chunks.span(chunk)[1]
            seeds = dealt_slots.seeds.tolist()
            orders = {s: chunk_order(s, chunk, chunks, samples, batch) for s in set(seeds)}
            ends_epoch = last % chunks.steps_per_epoch == 0
            listened = rules.observe is not None and ends_epoch
            order = np.stack([orders[s] for s in seeds])
            state, _ = lane.advance(state, dealt_slots, order, data, chunk, listened)
        for run in places:
            points = np.stack(seen[run])
            yield Trajectory(by_id[run], np.array(steps[run]), points, _deviation(by_id[run], points[-1], names))


def _finer(chunks: Chunks, snapshots: int, each_epoch: bool) -> Chunks:
    """The same steps in about `snapshots` chunks; each epoch ends one when something listens to it."""
    length = max(1, math.ceil(chunks.total_steps / snapshots))
    if not each_epoch:
        return Chunks(chunks.total_steps, chunks.steps_per_epoch, length, 1, length)
    length = min(length, chunks.steps_per_epoch)
    per_epoch = math.ceil(chunks.steps_per_epoch / length)
    return Chunks(chunks.total_steps, chunks.steps_per_epoch, length, per_epoch, chunks.steps_per_epoch)


def _layout(had: Layout, members: Sequence[Member], bytes_per_run: int) -> Layout:
    """The lane's layout of the race where runs go side by side; as many rows as there are runs where they do not."""
    devices = jax.device_count()
    if (had.vectorised or had.split) and had.devices <= devices:
        return had
    return lay_out([m.seed for m in members], bytes_per_run, devices, None if had.vectorised else 1)


def _deviation(run: Run, end: NDArray[np.float32], names: Sequence[str]) -> float | None:
    if run.status is not Status.FINISHED:
        return None
    kept = run.race.model(run.id)
    flat = np.concatenate([kept[name].ravel() for name in names])
    return float(np.abs(end - flat).max() / max(float(np.abs(flat).max()), np.finfo(np.float32).tiny))
