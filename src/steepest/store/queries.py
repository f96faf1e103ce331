"""What is asked of the database, as functions of a connection that is inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

import numpy as np

from ..core.status import Status
from .rows import RunRow, SlabRow

__all__ = ["records", "runs", "slabs"]


def runs(db: sqlite3.Connection) -> list[RunRow]:
    """All runs by id. Raises ValueError for what no writer of ours stores."""
    metrics: dict[int, dict[str, float]] = {}
    for run, metric, value in db.execute("SELECT run, metric, value FROM run_metrics"):
        metrics.setdefault(run, {})[metric] = float("nan") if value is None else float(value)
    rows = db.execute(
        "SELECT r.id, optimizer, hyperparameters, seed, lane, slab, status, steps"
        " FROM runs r JOIN slabs s ON s.id = r.slab ORDER BY r.id"
    )
    return [
        RunRow(i, optimizer, json.loads(hyper), seed, lane, slab, Status(status), steps, metrics.get(i, {}))
        for i, optimizer, hyper, seed, lane, slab, status, steps in rows
    ]


def slabs(db: sqlite3.Connection) -> list[SlabRow]:
    """All slabs by id."""
    rows = db.execute("SELECT id, lane, chunk, ended FROM slabs ORDER BY id")
    return [SlabRow(slab, lane, chunk, bool(ended)) for slab, lane, chunk, ended in rows]


def records(db: sqlite3.Connection, metrics: Iterable[str] | None, runs: list[int] | None) -> dict[str, np.ndarray]:
    """The columns of `Store.records`."""
    names = dict(db.execute("SELECT id, name FROM metrics"))
    where, values = [], []
    if metrics is not None:
        wanted = set(metrics)
        where.append("metric IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([i for i, name in names.items() if name in wanted]))
    if runs is not None:
        where.append("run IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(runs))
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    table = np.fromiter(  # a None becomes nan
        db.execute(f"SELECT run, step, metric, value FROM records {condition}ORDER BY run, step, metric", values),
        dtype=[("run", np.int64), ("step", np.int64), ("metric", np.int64), ("value", np.float64)],
    )
    lookup = np.full(max(names, default=0) + 1, "", dtype=object)
    for i, name in names.items():
        lookup[i] = name
    return {
        "run": np.ascontiguousarray(table["run"]),
        "step": np.ascontiguousarray(table["step"]),
        "metric": lookup[table["metric"]],
        "value": np.ascontiguousarray(table["value"]),
    }
