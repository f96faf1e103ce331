"""A rung of a race with halving: the settings that fell behind are stopped, the others dealt into full slabs again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..core.metrics import higher_is_better
from ..core.spec import RaceSpec
from ..core.status import Status
from ..engine.chunks import Chunks
from ..engine.slabs import deal, slots
from ..stats.halving import survivors
from ..store import NewSlab, RunRow, RunUpdate, Store
from .dealing import member

__all__ = ["eliminate"]


def eliminate(store: Store, spec: RaceSpec, share: float, chunks: Mapping[int, Chunks], stage: int) -> None:
    """Stop the settings that may not go on after `share` of their steps; the race is then in `stage`.

    All slabs have made that share. What is decided depends on the records alone, so that a race that is killed here
    decides the same when it is resumed.
    """
    metric, n = f"validation_{spec.facts['metric']}", len(spec.seeds)
    rows = [row for row in store.runs() if row.status is not Status.STOPPED]
    scores: dict[int, list[float]] = {}
    for row in rows:
        scores.setdefault(row.id // n, []).append(row.metrics.get(metric, float("nan")))
    labels = {c: spec.configurations[c].label for c in scores}
    kept = survivors(labels, scores, higher_is_better(metric, spec.facts.get("higher")))
    ended = {slab.id for slab in store.slabs() if slab.ended}
    lane_of = {slab.id: slab.lane for slab in store.slabs()}
    open_rows = [row for row in rows if row.slab not in ended and row.status is Status.RUNNING]
    stopped = [
        RunUpdate(row.id, Status.STOPPED, row.steps, row.metrics) for row in open_rows if row.id // n not in kept
    ]
    store.redeal(
        [
            slab
            for lane in dict.fromkeys(lane_of[row.slab] for row in open_rows)
            for slab in _dealt_again(
                store,
                spec,
                lane,
                [r for r in open_rows if lane_of[r.slab] == lane],
                kept,
                chunks[lane].reaching(share) - 1,
            )
        ],
        runs=stopped,
        stage=stage,
    )


def _dealt_again(
    store: Store, spec: RaceSpec, lane: int, rows: list[RunRow], kept: set[int], chunk: int
) -> list[NewSlab]:
    """The kept runs of one lane in new slabs, their states taken from the old checkpoints."""
    n, layout = len(spec.seeds), spec.layouts[lane]
    everyone = store.runs()
    states: dict[int, dict[str, np.ndarray]] = {}
    for slab in dict.fromkeys(row.slab for row in rows):
        checkpoint = store.checkpoint(slab)
        assert checkpoint is not None
        (dealt,) = deal([member(spec, row.id) for row in everyone if row.slab == slab], layout)
        ids = slots(dealt, layout).ids
        for place in np.argwhere(ids >= 0):
            states[int(ids[tuple(place)])] = {name: a[tuple(place)] for name, a in checkpoint[1].items()}
    going = [member(spec, row.id) for row in rows if row.id // n in kept]
    out = []
    for dealt in deal(going, layout) if going else ():
        ids = slots(dealt, layout).ids
        alike = [int(row[0]) if row[0] >= 0 else int(ids[0, 0]) for row in ids]  # fills empty places, as `slots` does
        arrays = {
            name: np.stack(
                [
                    np.stack([states[int(i) if i >= 0 else first][name] for i in row])
                    for row, first in zip(ids, alike, strict=True)
                ]
            )
            for name in next(iter(states.values()))
        }
        out.append(NewSlab(lane, chunk, [int(i) for i in ids[ids >= 0]], arrays))
    return out
