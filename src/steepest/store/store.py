"""A race in one folder: the one class through which everything reads and writes it.

Order is what makes a kill harmless. A chunk: the checkpoint file is put in place and synced, then one
transaction names it together with its records, then the checkpoint before it is deleted. The end of a slab:
the models are put in place, one transaction ends the slab, then its checkpoint is deleted. So the database
never names a file that is not there, and what a killed writer leaves beside it is swept away when the race is
next opened for writing.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from ..core.errors import BadFile, BadValue
from . import changes, queries, schema
from . import folder as layout
from .checkpoint import read_arrays, write_arrays
from .faults import database, writing
from .lock import Lock
from .rows import NewSlab, Record, RunRow, RunUpdate, SlabRow

__all__ = ["Store"]


class Store:
    """One race's folder, open. Any thread may use it; one process at a time may write.

    Make one with `Store.create` or `Store.open`, and close it (it is a context manager).
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: Lock | None) -> None:
        self.path = path
        self._db, self._lock = db, lock
        self._guard = threading.RLock()  # the connection
        self._writing = threading.Lock()  # a whole change, files included
        self._closed = False

    # Opening and closing

    @classmethod
    def create(cls, path: str | os.PathLike[str], spec: Mapping[str, Any], runs: Sequence[RunRow]) -> Store:
        """A new race in the folder `path` (made, with its parents), open for writing.

        Raises `BadFile` when the folder already holds a race, holds anything else, or is being written by
        another process; `BadValue` for a spec that is no JSON or for run rows that contradict each other;
        `Unavailable` when the disk refuses.
        """
        folder = Path(path)
        return cls._writer(folder, layout.create(folder, spec, runs))

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, write: bool = False) -> Store:
        """The race in the folder `path`; `write=True` to go on with it.

        Raises `BadFile` when there is none, when it is damaged, foreign or of a newer format, or when `write`
        and another process is writing it. Reading works beside a writer.
        """
        folder = Path(path)
        schema.identify(folder)
        if write:
            return cls._writer(folder, Lock(folder))
        return cls(folder, schema.connect_reader(folder), None)

    @classmethod
    def _writer(cls, folder: Path, lock: Lock) -> Store:
        try:
            store = cls(folder, schema.connect_writer(folder), lock)
        except BaseException:
            lock.release()
            raise
        try:
            with store._read() as db:
                named = {name for (name,) in db.execute("SELECT file FROM slabs WHERE file IS NOT NULL")}
            layout.sweep(folder, named)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def writable(self) -> bool:
        """Whether this store was opened for writing."""
        return self._lock is not None

    def close(self) -> None:
        """Close the database and let the next writer in. A second call does nothing."""
        with self._writing, self._guard:
            if self._closed:
                return
            self._closed = True
            try:
                self._db.close()
            finally:
                if self._lock is not None:
                    self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r}, write={self.writable})"

    # Writing

    def commit(
        self,
        *,
        slab: int,
        chunk: int,
        arrays: Mapping[str, np.ndarray],
        records: Iterable[Record] = (),
        runs: Iterable[RunUpdate] = (),
        wall_s: float = 0.0,
        compile_s: float = 0.0,
    ) -> None:
        """Store one chunk of one slab: the checkpoint `arrays`, the `records`, its runs' states, its seconds.

        All of it or nothing. Doing the same (slab, chunk) again replaces what it stored, seconds included.
        Raises `Unavailable` when the disk is full (the chunk before stays readable), `BadValue` for what
        contradicts the race.
        """
        rows = [(int(run), int(step), str(metric), float(value)) for run, step, metric, value in records]
        updates = list(runs)
        with self._writing:
            self._check_slab(slab, {run for run, *_ in rows} | {update.id for update in updates}, chunk)
            name = layout.checkpoint_name(slab, chunk)
            with writing(self.path):
                about = {"format": "1", "slab": str(slab), "chunk": str(chunk)}
                write_arrays(self._checkpoints / name, arrays, about)
            with self._transaction() as db:
                before = changes.name_checkpoint(db, slab, chunk, name, float(wall_s), float(compile_s))
                changes.store_records(db, rows)
                changes.update_runs(db, updates)
            if before != name:
                self._drop_checkpoint(before)

    def finish_slab(
        self, slab: int, models: Mapping[int, Mapping[str, np.ndarray]], *, runs: Iterable[RunUpdate] = ()
    ) -> None:
        """End `slab`: keep the `models` of those of its runs that have one, then drop its checkpoint.

        All of it or nothing; doing it again is harmless. Raises as `commit` does.
        """
        updates = list(runs)
        names = {run: layout.model_name(run) for run in models}
        with self._writing:
            self._check_slab(slab, {*models, *(update.id for update in updates)})
            with writing(self.path):
                for run, arrays in models.items():
                    path = self.path / "models" / names[run]
                    write_arrays(path, arrays, {"format": "1", "run": str(run)}, sync=len(models) == 1)
                if len(models) > 1:
                    os.sync()  # one for all: two syncs a file are what thousands of small models would wait for
            with self._transaction() as db:
                before = changes.end_slab(db, slab, names.items())
                changes.update_runs(db, updates)
            self._drop_checkpoint(before)

    def redeal(self, slabs: Sequence[NewSlab], *, runs: Iterable[RunUpdate] = (), **meta: Any) -> None:
        """Deal the runs of all slabs that have not ended into new `slabs`; whom none takes has ended (`runs` says how).

        All of it or nothing, the values of `meta` included. Raises as `commit` does.
        """
        updates = list(runs)
        with self._writing:
            self._need_writer()
            first = max(row.id for row in self.slabs()) + 1
            named = {first + i: (new, layout.checkpoint_name(first + i, new.chunk)) for i, new in enumerate(slabs)}
            with writing(self.path):
                for slab, (new, name) in named.items():
                    about = {"format": "1", "slab": str(slab), "chunk": str(new.chunk)}
                    write_arrays(self._checkpoints / name, new.arrays, about)
            with self._transaction() as db:
                before = changes.move_runs(db, named)
                changes.update_runs(db, updates)
                for key, value in meta.items():
                    text = layout.to_json(value, f"meta {key!r}")
                    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, text))
            for name in before:
                self._drop_checkpoint(name)

    def finish(self) -> None:
        """Mark the race as finished."""
        with self._writing, self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO race VALUES ('state', '\"finished\"')")

    def set_meta(self, key: str, value: Any) -> None:
        """Keep `value`, anything that JSON can say, under `key`; it takes the place of an old one."""
        text = layout.to_json(value, f"meta {key!r}")
        with self._writing, self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, text))

    # Reading

    @property
    def spec(self) -> dict[str, Any]:
        """What `create` was given."""
        return self._value("race", "spec")

    @property
    def state(self) -> str:
        """`"running"` until `finish` was called, then `"finished"`; a race cut off is still "running"."""
        return self._value("race", "state")

    def meta(self, key: str, default: Any = None) -> Any:
        """What `set_meta` kept under `key`, or `default`."""
        return self._value("meta", key, default)

    @property
    def wall_s(self) -> float:
        """The seconds of all chunks."""
        return self._total("wall_s")

    @property
    def compile_s(self) -> float:
        """The seconds that compilation took, as told to `commit`."""
        return self._total("compile_s")

    def runs(self) -> list[RunRow]:
        """All runs by id, in one consistent state."""
        with self._read() as db:
            return queries.runs(db)

    def slabs(self) -> list[SlabRow]:
        """All slabs by id."""
        with self._read() as db:
            return queries.slabs(db)

    def records(self, metrics: Sequence[str] | None = None, runs: Iterable[int] | None = None) -> dict[str, np.ndarray]:
        """The records as columns: `run` and `step` (int64), `metric` (str objects), `value` (float64).

        Ordered by run, then step; a value may be nan or infinite. `metrics` and `runs` narrow them, None is
        all. A metric without records is no error.
        """
        chosen = None if runs is None else sorted({int(run) for run in runs})
        with self._read() as db:
            return queries.records(db, metrics, chosen)

    def checkpoint(self, slab: int) -> tuple[int, dict[str, np.ndarray]] | None:
        """The last stored chunk of `slab` and its arrays; None when it has not started, or has ended.

        Raises `BadFile` when the file is missing or damaged.
        """
        with self._read() as db:
            row = db.execute("SELECT chunk, file FROM slabs WHERE id = ?", (slab,)).fetchone()
        if row is None:
            raise self._no("slab", slab)
        chunk, name = row
        if name is None:
            return None
        return chunk, read_arrays(self._checkpoints / name, {"slab": str(slab), "chunk": str(chunk)})

    def model(self, run: int) -> dict[str, np.ndarray]:
        """The named leaves of a finished `run`.

        Raises `BadFile` when it has none, or none yet, `BadValue` for a run that the race does not have.
        """
        with self._read() as db:
            row = db.execute(
                "SELECT r.status, r.model, s.ended FROM runs r JOIN slabs s ON s.id = r.slab WHERE r.id = ?",
                (run,),
            ).fetchone()
        if row is None:
            raise self._no("run", run)
        status, name, ended = row
        if name is None:
            why, do = f"has not finished (it is {status})", f"finish it with `steepest resume {self.path}`"
            if ended:
                why, do = f"kept no model (it is {status})", "choose another run"
            raise BadFile(f"{self.path}: run {run} {why}; {do}")
        return read_arrays(self.path / "models" / name, {"run": str(run)})

    # Inside

    @property
    def _checkpoints(self) -> Path:
        return self.path / "checkpoints"

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the database; what cannot be decoded is damage."""
        with self._guard, database(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            except (ValueError, TypeError) as error:
                why = f"race.sqlite is damaged ({error}); restore it from a copy"
                raise BadFile(f"{self.path}: {why}") from error
            finally:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self._need_writer()
        with self._guard, database(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    def _need_writer(self) -> None:
        if self._lock is None:
            raise BadValue(f"{self.path}: opened for reading; open it with write=True")

    def _value(self, table: str, key: str, *default: Any) -> Any:
        with self._read() as db:
            row = db.execute(f"SELECT value FROM {table} WHERE key = ?", (key,)).fetchone()
            return default[0] if row is None and default else json.loads(row[0])

    def _total(self, column: str) -> float:
        with self._read() as db:
            return float(db.execute(f"SELECT total({column}) FROM chunks").fetchone()[0])

    def _no(self, kind: str, number: int) -> BadValue:
        with self._read() as db:
            low, high = db.execute(f"SELECT min(id), max(id) FROM {kind}s").fetchone()
        return BadValue(f"{kind} {number}: the race has {kind}s {low} to {high}")

    def _check_slab(self, slab: int, runs: Iterable[int], chunk: int | None = None) -> None:
        """Refuse runs that are not of `slab`, and a `chunk` that cannot come next."""
        self._need_writer()
        with self._read() as db:
            row = db.execute("SELECT chunk, ended FROM slabs WHERE id = ?", (slab,)).fetchone()
            members = {run for (run,) in db.execute("SELECT id FROM runs WHERE slab = ?", (slab,))}
        if row is None:
            raise self._no("slab", slab)
        for run in runs:
            if run not in members:
                raise BadValue(f"run {run} is not of slab {slab}")
        last, ended = row
        if chunk is not None and ended:
            raise BadValue(f"slab {slab} has ended; nothing can be added to it")
        if chunk is not None and last is not None and chunk < last:
            raise BadValue(f"slab {slab}: chunk {chunk} comes after chunk {last}; chunks go up")

    def _drop_checkpoint(self, name: str | None) -> None:
        """What cannot be deleted now is swept when the race is next opened for writing."""
        if name is not None:
            with suppress(OSError):
                (self._checkpoints / name).unlink()
