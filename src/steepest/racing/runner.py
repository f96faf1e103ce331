"""Runs a race that stands in a store: advances its slabs chunk by chunk and records what they report.

New and resumed races take the same path: what the store already holds is not done again. While one slab's chunk is on
the devices, the chunk before it goes to disk and the lanes still to come are being compiled.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from ..core.spec import Configuration, RaceSpec
from ..data import scaling
from ..engine.chunks import cut
from ..engine.lane import Data, Lane, Report, State, load, place
from ..engine.order import chunk_order
from ..engine.slabs import Slots, deal, slots
from ..nn.metric import declared
from ..stats.halving import RUNGS
from ..store import Store, Writer
from ..workloads.registry import WORKLOADS
from ..workloads.workload import Workload
from .dealing import lanes_of, member
from .elimination import eliminate
from .interrupts import Interrupts
from .own import Own
from .progress import Progress
from .recording import Chunk, record
from .rules import build_rules
from .time_left import Pace, seconds_left

__all__ = ["HALVING_CHUNKS", "MEMORY_BYTES", "Runner"]

MEMORY_BYTES = 2 << 30  # of states kept between chunks; races with more run in waves
HALVING_CHUNKS = 16  # of a run, when settings may be stopped early: finer chunks, fewer evaluations
POLL_S = 0.1  # between looks for a Ctrl-C while nothing but compiling is done
SMALL = 8  # times: a validation split so much smaller than the training split is measured within epochs too


@dataclass
class _Slab:
    id: int
    lane: int
    slots: Slots
    chunk: int = 0  # chunks done
    state: State | None = None
    launched: float = 0.0  # when its chunk went to the devices
    seconds: float = 0.0  # of the devices, for each of its runs

    @property
    def live(self) -> State:
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
        own: Own,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.store, self.spec, self.workload, self.progress = store, spec, workload, progress
        splits = workload.data()
        self.data = load(splits, *scaling.fit(workload.scaling, splits.train.x))
        self.samples = len(splits.train)
        self.held_out = {"validation": len(splits.validation), "test": len(splits.test)}
        self.metrics = {name: declared(name, metric) for name, metric in workload.metrics.items()}
        self.lanes = [self._lane(i, members, own) for i, members in enumerate(lanes_of(spec.configurations))]
        self.placed: dict[int, Data] = {}

    # laying out ----------------------------------------------------------------------------------------------

    def _lane(self, i: int, members: Sequence[int], own: Own) -> Lane:
        configuration = self.spec.configurations[members[0]]
        batch_size = min(int(configuration.structure["batch_size"] or self.samples), self.samples)
        steps_per_epoch = math.ceil(self.samples / batch_size)
        rules = build_rules(self.workload, configuration, steps_per_epoch, self.spec.epochs, own)
        least = HALVING_CHUNKS if self.spec.halving else 1
        chunks = cut(self.samples, batch_size, self.spec.epochs, least, each_epoch=rules.observe is not None)
        names = tuple(configuration.numbers)
        identity = None if any(own.of(configuration)) else self._identity(configuration)
        return Lane(rules, self.spec.layouts[i], chunks, batch_size, names, identity)

    def _identity(self, configuration: Configuration) -> Any:
        """What, with shapes, tells a lane of ours from all others; None when the workload is a user's own."""
        if self.spec.workload not in WORKLOADS:
            return None
        ours = WORKLOADS.load(self.spec.workload)
        if any(getattr(ours, part) != getattr(self.workload, part) for part in ("network", "loss", "metrics")):
            return None
        return [ours.id, configuration.lane, self.spec.epochs]

    def _data(self, lane: Lane) -> Data:
        devices = lane.layout.devices
        if devices not in self.placed:
            self.placed[devices] = place(self.data, lane.mesh)
        return self.placed[devices]

    def _open_slabs(self) -> list[_Slab]:
        """The slabs that have not ended, as the store has them."""
        rows = self.store.runs()
        self.statuses = {row.id: row.status for row in rows}
        self.latest = {row.id: dict(row.metrics) for row in rows if row.metrics}
        members: dict[int, list[int]] = {}
        for row in rows:
            members.setdefault(row.slab, []).append(row.id)
        out = []
        for slab in self.store.slabs():
            if not slab.ended:
                layout = self.spec.layouts[slab.lane]
                (dealt,) = deal([member(self.spec, run) for run in members[slab.id]], layout)
                out.append(_Slab(slab.id, slab.lane, slots(dealt, layout)))
                out[-1].chunk = 0 if slab.chunk is None else slab.chunk + 1
        return out

    # running -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Advance every slab to its end, stage by stage when settings that fall behind are stopped."""
        self.started = self.collected = self.committed = self.compiling_since = time.perf_counter()
        self.compiled_s = 0.0
        rungs = RUNGS if self.spec.halving else ()
        slabs = self._open_slabs()
        self.done = sum(row.steps for row in self.store.runs())
        lanes = list(dict.fromkeys(s.lane for s in slabs))
        self.paces = {i: Pace(0) for i in lanes}
        with Interrupts() as self.interrupts, _compiler() as compiler, Writer(self.store) as self.writer:
            programs = {i: compiler.submit(self._compile, i) for i in lanes}
            for i in lanes:
                self._data(self.lanes[i])  # put in place while the first program is being compiled
            for stage in range(self.store.meta("stage", 0), len(rungs) + 1):
                slabs = [s for s in self._open_slabs() if not self._ended_late(s, programs)]
                share = rungs[stage] if stage < len(rungs) else 1.0
                for i, pace in self.paces.items():
                    pace.left = sum(self._steps_left(s, 1.0) for s in slabs if s.lane == i)
                self._tell()
                for wave in self._waves([s for s in slabs if self._steps_left(s, share)]):
                    self._run_wave(wave, programs, share)
                self.writer.flush()
                if stage < len(rungs):
                    eliminate(self.store, self.spec, share, {i: self.lanes[i].chunks for i in lanes}, stage + 1)
            self.store.finish()
            self.interrupts.noted = False  # it came too late: the result stands

    def _ended_late(self, slab: _Slab, programs: Mapping[int, Future[None]]) -> bool:
        """End a slab that was cut short between its last chunk and its end; False for one that goes on."""
        if not all(self.statuses[run].ended for run in slab.slots.ids[slab.slots.filled].tolist()):
            return False
        programs[slab.lane].result()
        self._restore(slab)
        self._end(slab, self.lanes[slab.lane])
        return True

    def _compile(self, lane: int) -> None:
        self.compiling_since = time.perf_counter()
        self.lanes[lane].compile(self.data)
        self.paces[lane].compile_s = self.lanes[lane].compile_s

    def _steps_left(self, slab: _Slab, share: float) -> int:
        """Run-steps of a slab until it has made `share` of its steps."""
        chunks = self.lanes[slab.lane].chunks
        goal = chunks.span(chunks.reaching(share) - 1)[1]
        made = chunks.span(slab.chunk - 1)[1] if slab.chunk else 0
        return max(0, goal - made) * slab.runs

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

    def _run_wave(self, wave: list[_Slab], programs: Mapping[int, Future[None]], share: float) -> None:
        """Advance the slabs in turn until they have made `share` of their steps."""
        pending: tuple[_Slab, Report] | None = None
        queue = list(wave)
        while queue or pending:
            self.interrupts.check()
            slab = self._next(queue, programs, idle=pending is None)
            launched = (slab, self._launch(slab)) if slab else None
            if pending is not None and self._collect(*pending):
                if self._steps_left(pending[0], share):
                    queue.append(pending[0])
                else:
                    pending[0].state = None  # its checkpoint has it
            pending = launched

    def _next(self, queue: list[_Slab], programs: Mapping[int, Future[None]], idle: bool) -> _Slab | None:
        """Take the next slab whose program is ready; when none is, wait if there is nothing else to do."""
        while queue:
            ready = next((i for i, s in enumerate(queue) if programs[s.lane].done()), None)
            if ready is not None:
                slab = queue.pop(ready)
                programs[slab.lane].result()
                return slab
            if not idle:
                break
            wait_for([programs[queue[0].lane]], POLL_S)
            self.interrupts.check()
        return None

    def _restore(self, slab: _Slab) -> None:
        kept = self.store.checkpoint(slab.id)
        assert kept is not None
        slab.state = self.lanes[slab.lane].restore(kept[1], slab.slots)
        seconds = self.store.records(["seconds"], slab.slots.ids[slab.slots.filled])["value"]
        slab.seconds = float(seconds.max())

    def _launch(self, slab: _Slab) -> Report:
        lane = self.lanes[slab.lane]
        if slab.state is None and slab.chunk == 0:
            slab.state = lane.init(slab.slots)
        elif slab.state is None:
            self._restore(slab)
        seeds = slab.slots.seeds.tolist()
        orders = {s: chunk_order(s, slab.chunk, lane.chunks, self.samples, lane.batch_size) for s in set(seeds)}
        slab.launched = time.perf_counter()
        slab.state, report = lane.advance(
            slab.live,
            slab.slots,
            np.stack([orders[s] for s in seeds]),
            self._data(lane),
            slab.chunk,
            self._evaluates(lane, slab.chunk),
        )
        return report

    def _evaluates(self, lane: Lane, chunk: int) -> bool:
        """Whether a chunk ends with an evaluation: at ends of epochs and, when chunks are fine, at rungs.

        Elsewhere only where a validation split is small beside the training that it interrupts.
        """
        if lane.chunks.span(chunk)[1] % lane.chunks.steps_per_epoch == 0:
            return True
        if self.spec.halving:
            return chunk + 1 in map(lane.chunks.reaching, RUNGS)
        return self.held_out["validation"] * SMALL <= self.samples

    # recording -----------------------------------------------------------------------------------------------

    def _collect(self, slab: _Slab, report: Report) -> bool:
        """Wait for a chunk, record it; True when the slab goes on."""
        lane = self.lanes[slab.lane]
        report = jax.tree.map(np.asarray, report)
        now = time.perf_counter()
        seconds = now - max(self.collected, slab.launched)
        slab.seconds += seconds / slab.runs
        self.collected = now
        first, last = lane.chunks.span(slab.chunk)
        chunk = Chunk(first, last, last == lane.chunks.total_steps, self._evaluates(lane, slab.chunk), slab.seconds)
        records, updates = record(report, slab.slots, chunk, self.held_out, self.latest, self.metrics)
        compiled = sum(one.compile_s for one in self.lanes)
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
        for update in updates:
            self.statuses[update.id], self.latest[update.id] = update.status, dict(update.metrics)
        slab.chunk += 1
        ended = all(update.status.ended for update in updates)
        made = ((lane.chunks.total_steps if ended else last) - first) * slab.runs
        self.done += made
        pace = self.paces[slab.lane]
        pace.left, pace.made, pace.seconds = pace.left - made, pace.made + made, pace.seconds + seconds
        if ended:
            self._end(slab, lane)
        self._tell()
        return not ended

    def _end(self, slab: _Slab, lane: Lane) -> None:
        models = lane.models(slab.live)
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
        paces = self.paces.values()
        seconds = sum(pace.seconds for pace in paces)
        now = time.perf_counter()
        self.progress(
            Progress(
                spec=self.spec,
                statuses=self.statuses,
                latest=self.latest,
                steps=self.done,
                total=self.done + sum(pace.left for pace in paces),
                elapsed_s=now - self.started,
                steps_per_s=sum(pace.made for pace in paces) / seconds if seconds else 0.0,
                left_s=seconds_left(paces, now - self.compiling_since),
                compiling=sum(pace.compile_s == 0 for pace in paces),
            )
        )


@contextmanager
def _compiler() -> Iterator[ThreadPoolExecutor]:
    """A thread that compiles; it is not waited for when the race ends early."""
    pool = ThreadPoolExecutor(1)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
