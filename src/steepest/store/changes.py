"""What is changed in the database, as functions of a connection that is inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from ..core.status import Status
from .rows import NewSlab, Record, RunUpdate

__all__ = ["end_slab", "move_runs", "name_checkpoint", "store_records", "update_runs"]


def name_checkpoint(
    db: sqlite3.Connection, slab: int, chunk: int, file: str, wall_s: float, compile_s: float
) -> str | None:
    """Make `file` the checkpoint of `slab`; returns the one before it."""
    before = _checkpoint(db, slab)
    db.execute("UPDATE slabs SET chunk = ?, file = ? WHERE id = ?", (chunk, file, slab))
    db.execute("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?, ?)", (slab, chunk, wall_s, compile_s))
    return before


def end_slab(db: sqlite3.Connection, slab: int, models: Iterable[tuple[int, str]]) -> str | None:
    """End `slab`, whose runs have these model files; returns its last checkpoint."""
    before = _checkpoint(db, slab)
    db.execute("UPDATE slabs SET ended = 1, file = NULL WHERE id = ?", (slab,))
    db.executemany("UPDATE runs SET model = ? WHERE id = ?", [(file, run) for run, file in models])
    return before


def move_runs(db: sqlite3.Connection, slabs: Mapping[int, tuple[NewSlab, str]]) -> list[str]:
    """End every slab that has not, and start `slabs` (with their checkpoint files); returns the old checkpoints."""
    before = [file for (file,) in db.execute("SELECT file FROM slabs WHERE file IS NOT NULL")]
    db.execute("UPDATE slabs SET ended = 1, file = NULL WHERE ended = 0")
    for slab, (new, file) in slabs.items():
        db.execute(
            "INSERT INTO slabs (id, lane, chunk, file, ended) VALUES (?, ?, ?, ?, 0)", (slab, new.lane, new.chunk, file)
        )
        db.executemany("UPDATE runs SET slab = ? WHERE id = ?", [(slab, run) for run in new.runs])
    return before


def store_records(db: sqlite3.Connection, rows: Sequence[Record]) -> None:
    """Add records; one of the same run, step and metric is replaced."""
    names = dict.fromkeys(metric for _, _, metric, _ in rows)
    db.executemany("INSERT OR IGNORE INTO metrics (name) VALUES (?)", [(name,) for name in names])
    ids = dict(db.execute("SELECT name, id FROM metrics"))
    db.executemany(
        "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)",
        ((run, step, ids[metric], value) for run, step, metric, value in rows),
    )


def update_runs(db: sqlite3.Connection, updates: Iterable[RunUpdate]) -> None:
    """Give runs their new status, steps and metrics."""
    rows = list(updates)
    db.executemany(
        "UPDATE runs SET status = ?, steps = ? WHERE id = ?",
        [(str(Status(row.status)), int(row.steps), int(row.id)) for row in rows],
    )
    db.executemany("DELETE FROM run_metrics WHERE run = ?", [(int(row.id),) for row in rows])
    db.executemany(
        "INSERT INTO run_metrics VALUES (?, ?, ?)",
        [(int(row.id), str(name), float(value)) for row in rows for name, value in row.metrics.items()],
    )


def _checkpoint(db: sqlite3.Connection, slab: int) -> str | None:
    return db.execute("SELECT file FROM slabs WHERE id = ?", (slab,)).fetchone()[0]
