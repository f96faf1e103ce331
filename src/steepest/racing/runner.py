"""Runs a race that stands in a store: lays out its lanes, advances them chunk by chunk, records what they report.

New and resumed races take the same path: what the store already holds is not done again. While one slab's chunk is on
the devices, the chunk before it goes to disk and the lanes still to come are being compiled.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from ..core.spec import RaceSpec
from ..core.status import Status
from ..data import scaling
from ..engine.chunks import cut
from ..engine.lane import Data, Lane, Report, RunState, load, place
from ..engine.order import chunk_order
from ..engine.slabs import Slots, slots
from ..store import RunUpdate, Store, Writer
from ..workloads.workload import Workload
from .dealing import deal_race, lanes_of
from .progress import Progress
from .rules import Factory, build_rules

__all__ = ["MEMORY_BYTES", "Runner"]

MEMORY_BYTES = 2 << 30  # of states kept between chunks; races with more run in waves
LOSS_POINTS = 4  # points of the training-loss curve in a chunk


@dataclass
class _Slab:
    id: int
    lane: int
    slots: Slots
    chunk: int = 0  # chunks done
    state: RunState | None = None
    launched: float = 0.0  # when its chunk went to the devices
    seconds: float = 0.0  # of the devices, for each of its runs

    @property
    def live(self) -> RunState:
        """The state, which a slab has from its first chunk to its end."""
        assert self.state is not None
        return self.state

    @property
    def runs(self) -> int:
        return int(self.slots.filled.sum())


class Runner:
    """One race on one machine. `run()` returns when every run has ended."""

    def __init__(
        self,
        store: Store,
        spec: RaceSpec,
        workload: Workload,
        factories: Mapping[str, Factory],
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.store, self.spec, self.workload, self.progress = store, spec, workload, progress
        splits = workload.data()
        self.data = load(splits, *scaling.fit(workload.scaling, splits.train.x))
        self.samples = len(splits.train)
        self.held_out = {"validation": len(splits.validation), "test": len(splits.test)}
        self.lanes = [self._lane(i, members, factories) for i, members in enumerate(lanes_of(spec.configurations))]
        self.latest: dict[int, dict[str, float]] = {}
        self.statuses: dict[int, Status] = {}
        self.placed: dict[int, Data] = {}

    # laying out ----------------------------------------------------------------------------------------------

    def _lane(self, i: int, members: Sequence[int], factories: Mapping[str, Factory]) -> Lane:
        configuration = self.spec.configurations[members[0]]
        batch_size = min(int(configuration.structure["batch_size"] or self.samples), self.samples)
        chunks = cut(self.samples, batch_size, self.spec.epochs)
        rules = build_rules(self.workload, configuration, chunks.steps_per_epoch, self.spec.epochs, factories)
        return Lane(rules, self.spec.layouts[i], chunks, batch_size, tuple(configuration.numbers))

    def _data(self, lane: Lane) -> Data:
        devices = lane.layout.devices
        if devices not in self.placed:
            self.placed[devices] = place(self.data, lane.mesh)
        return self.placed[devices]

    def _slabs(self) -> list[_Slab]:
        rows = self.store.runs()
        self.statuses = {row.id: row.status for row in rows}
        self.latest = {row.id: dict(row.metrics) for row in rows if row.metrics}
        return [
            _Slab(i, dealt.lane, slots(dealt.rows, self.spec.layouts[dealt.lane]))
            for i, dealt in enumerate(deal_race(self.spec))
        ]

    # running -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Advance every slab to its end."""
        self.started = self.collected = self.committed = time.perf_counter()
        self.compiled_s = 0.0
        slabs = self._slabs()
        ended = {row.id for row in self.store.slabs() if row.ended}
        self.total = sum(self._steps(s) for s in slabs)
        self.done = sum(self._steps(s) for s in slabs if s.id in ended)
        self.done_before = self.done
        waiting = [s for s in slabs if s.id not in ended]
        with ThreadPoolExecutor(1) as compiler, Writer(self.store) as self.writer:
            lanes = dict.fromkeys(s.lane for s in waiting)
            programs = {i: compiler.submit(self.lanes[i].compile, self._data(self.lanes[i])) for i in lanes}
            try:
                for wave in self._waves(waiting):
                    self._run_wave(wave, programs)
            finally:
                for program in programs.values():
                    program.cancel()
        self.store.finish()

    def _steps(self, slab: _Slab) -> int:
        return self.lanes[slab.lane].chunks.total_steps * slab.runs

    def _waves(self, slabs: Sequence[_Slab]) -> Iterator[list[_Slab]]:
        """Slabs whose states fit in memory together."""
        wave: list[_Slab] = []
        used = 0
        for slab in slabs:
            lane = self.lanes[slab.lane]
            size = slab.slots.ids.size * lane.rules.state_bytes(lane.names)
            if wave and used + size > MEMORY_BYTES:
                yield wave
                wave, used = [], 0
            wave.append(slab)
            used += size
        if wave:
            yield wave

    def _run_wave(self, wave: list[_Slab], programs: Mapping[int, Future[None]]) -> None:
        pending: tuple[_Slab, Report] | None = None
        queue = list(wave)
        while queue or pending:
            slab = self._next(queue, programs)
            launched = (slab, self._launch(slab)) if slab else None
            if pending is not None and self._collect(*pending):
                queue.append(pending[0])
            pending = launched

    def _next(self, queue: list[_Slab], programs: Mapping[int, Future[None]]) -> _Slab | None:
        """Take the next slab whose program is ready; wait only when none is."""
        if not queue:
            return None
        ready = next((i for i, s in enumerate(queue) if programs[s.lane].done()), 0)
        slab = queue.pop(ready)
        programs[slab.lane].result()
        return slab

    def _launch(self, slab: _Slab) -> Report:
        lane = self.lanes[slab.lane]
        if slab.state is None:
            kept = self.store.checkpoint(slab.id)
            if kept is None:
                slab.state = lane.init(slab.slots)
            else:
                slab.chunk, slab.state = kept[0] + 1, lane.restore(kept[1])
                slab.seconds = float(self.store.records(["seconds"], slab.slots.ids[slab.slots.filled])["value"].max())
                before = lane.chunks.span(kept[0])[1] * slab.runs
                self.done, self.done_before = self.done + before, self.done_before + before
        orders = {
            seed: chunk_order(int(seed), slab.chunk, lane.chunks, self.samples, lane.batch_size)
            for seed in set(slab.slots.seeds.tolist())
        }
        order = np.stack([orders[seed] for seed in slab.slots.seeds.tolist()])
        slab.launched = time.perf_counter()
        slab.state, report = lane.advance(slab.state, slab.slots, order, self._data(lane), slab.chunk)
        return report

    # recording -----------------------------------------------------------------------------------------------

    def _collect(self, slab: _Slab, report: Report) -> bool:
        """Wait for a chunk, record it; True when the slab goes on."""
        lane = self.lanes[slab.lane]
        report = jax.tree.map(np.asarray, report)
        now = time.perf_counter()
        slab.seconds += (now - max(self.collected, slab.launched)) / slab.runs
        self.collected = now
        first, last = lane.chunks.span(slab.chunk)
        final = last == lane.chunks.total_steps
        records: list[tuple[int, int, str, float]] = []
        updates: list[RunUpdate] = []
        for row, column in np.argwhere(slab.slots.filled):
            at = row, column
            losses = report.losses[row, : last - first, column]
            update = self._update(int(slab.slots.ids[at]), at, report, losses, final)
            records += _loss_records(update.id, first, losses, update.steps)
            records.append((update.id, last, "seconds", slab.seconds))
            records += [(update.id, last, k, v) for k, v in update.metrics.items() if k.startswith("validation_")]
            updates.append(update)
            self.statuses[update.id], self.latest[update.id] = update.status, dict(update.metrics)
        ended = all(update.status.ended for update in updates)
        self._commit(slab, records, updates, now)
        slab.chunk += 1
        self.done += ((lane.chunks.total_steps if ended else last) - first) * slab.runs
        if ended:
            self._end(slab, lane)
        self._tell()
        return not ended

    def _commit(self, slab: _Slab, records: list[Any], updates: list[RunUpdate], now: float) -> None:
        compiled = sum(lane.compile_s for lane in self.lanes)
        self.writer.commit(
            slab=slab.id,
            chunk=slab.chunk,
            arrays=Lane.dump(slab.live),
            records=records,
            runs=updates,
            wall_s=now - self.committed,
            compile_s=compiled - self.compiled_s,
        )
        self.committed, self.compiled_s = now, compiled

    def _update(self, run: int, at: tuple[int, int], report: Report, losses: Any, final: bool) -> RunUpdate:
        steps = int(report.steps[at])
        if not report.alive[at]:
            return RunUpdate(run, Status.DIVERGED, steps, {})
        metrics = {
            f"{split}_{name}": float(sums[(*at, i)]) / samples
            for i, (split, samples) in enumerate(self.held_out.items())
            for name, sums in report.sums.items()
            if split == "validation" or final
        }
        finite = losses[np.isfinite(losses)]
        metrics["train_loss"] = float(finite[-max(1, len(finite) // LOSS_POINTS) :].mean())
        return RunUpdate(run, Status.FINISHED if final else Status.RUNNING, steps, metrics)

    def _end(self, slab: _Slab, lane: Lane) -> None:
        models = jax.tree.map(np.asarray, jax.vmap(jax.vmap(lane.rules.model))(slab.live.inner))
        self.writer.finish_slab(
            slab.id,
            {
                int(slab.slots.ids[row, column]): {name: leaf[row, column] for name, leaf in models.items()}
                for row, column in np.argwhere(slab.slots.filled)
            },
        )
        slab.state = None

    def _tell(self) -> None:
        if self.progress is None:
            return
        elapsed = time.perf_counter() - self.started
        self.progress(
            Progress(
                spec=self.spec,
                statuses=self.statuses,
                latest=self.latest,
                steps=self.done,
                total=self.total,
                elapsed_s=elapsed,
                steps_per_s=(self.done - self.done_before) / elapsed,
                compiling=sum(lane.compile_s == 0 for lane in self.lanes),
            )
        )


def _loss_records(run: int, first: int, losses: Any, steps: int) -> list[tuple[int, int, str, float]]:
    """The training loss of one run's chunk, mean over LOSS_POINTS windows, as far as it was finite."""
    kept = losses[: max(0, steps - first)]
    out = []
    for window in np.array_split(np.arange(len(kept)), min(LOSS_POINTS, len(kept)) or 1):
        if len(window):
            out.append((run, first + int(window[-1]) + 1, "train_loss", float(kept[window].mean())))
    return out
