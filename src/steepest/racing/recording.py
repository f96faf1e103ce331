"""From what a chunk reports to what the store keeps: records, and what became of each run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.status import Status
from ..engine.lane import Report
from ..engine.slabs import Slots
from ..nn.metric import Metric
from ..store import RunUpdate

__all__ = ["Chunk", "record"]

LOSS_POINTS = 4  # points of the training-loss curve in a chunk
Record = tuple[int, int, str, float]


@dataclass(frozen=True)
class Chunk:
    """The steps first … last−1; whether they end the run, whether an evaluation followed, a run's seconds so far."""

    first: int
    last: int
    final: bool
    evaluated: bool
    seconds: float


def record(
    report: Report,
    slots: Slots,
    chunk: Chunk,
    held_out: Mapping[str, int],
    before: Mapping[int, Mapping[str, float]],
    metrics: Mapping[str, Metric] = MappingProxyType({}),
) -> tuple[list[Record], list[RunUpdate]]:
    """The records and updates of one slab's chunk, whose report is on the host.

    `held_out` has the sizes of the validation and test splits; `before` the metrics of each run so far, which stand
    where a chunk was not evaluated; `metrics` how sums become values, where that is not by their mean alone.
    """
    records: list[Record] = []
    updates: list[RunUpdate] = []
    ends, means = _window_means(report.losses[:, : chunk.last - chunk.first])
    places = np.nonzero(slots.filled)
    ids, alive, made = (a[places].tolist() for a in (slots.ids, report.alive, report.steps))
    losses = means.swapaxes(1, 2)[places].tolist()
    measured = _measured(report, places, chunk, held_out, metrics)
    for k, run in enumerate(ids):
        steps, loss = made[k], losses[k]
        curve = [(run, chunk.first + end, "train_loss", loss[i]) for i, end in enumerate(ends)]
        records += [point for point in curve if point[1] <= steps]
        records.append((run, chunk.last, "seconds", chunk.seconds))
        if not alive[k]:
            updates.append(RunUpdate(run, Status.DIVERGED, steps, {}))
            continue
        mine = {name: values[k] for name, values in measured.items()}
        records += [(run, chunk.last, name, v) for name, v in mine.items() if name.startswith("validation_")]
        latest = {**before.get(run, {}), **mine, "train_loss": loss[-1]}
        updates.append(RunUpdate(run, Status.FINISHED if chunk.final else Status.RUNNING, steps, latest))
    return records, updates


def _measured(
    report: Report, places: Any, chunk: Chunk, held_out: Mapping[str, int], metrics: Mapping[str, Metric]
) -> dict[str, list[float]]:
    """Values on the validation split, and at the end the test split, of the runs at `places`; means in float64."""
    return {
        f"{split}_{name}": _value(sums[..., i][places].astype(np.float64), samples, metrics.get(name)).tolist()
        for i, (split, samples) in enumerate(held_out.items())
        for name, sums in report.sums.items()
        if (chunk.evaluated or chunk.final) and (split == "validation" or chunk.final)
    }


def _value(sums: NDArray[np.float64], samples: int, metric: Metric | None) -> NDArray[np.float64]:
    if metric is None or metric.finish is None:
        return sums if metric is not None and metric.whole else sums / samples
    return np.asarray(metric.finish(sums / samples), np.float64)


def _window_means(losses: NDArray[np.float32]) -> tuple[list[int], NDArray[np.float64]]:
    """Where LOSS_POINTS windows of the steps end, and the mean training loss in each: [rows, windows, width]."""
    n = losses.shape[1]
    windows = min(LOSS_POINTS, n)
    ends = [n * (i + 1) // windows for i in range(windows)]
    starts = [0, *ends[:-1]]
    sums = np.add.reduceat(losses.astype(np.float64), starts, axis=1)
    return ends, sums / np.diff([0, *ends])[None, :, None]
