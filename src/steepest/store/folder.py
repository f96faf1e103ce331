"""The folder of a race: what its files are called, how it comes to be, what is swept up."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ..core.errors import BadFile, BadValue
from . import schema
from .checkpoint import TEMPORARY, sync_folder
from .faults import database, writing
from .lock import Lock
from .rows import RunRow

__all__ = ["checkpoint_name", "create", "model_name", "sweep", "to_json"]

_UNBORN = "race.sqlite.new"
_OURS = {"lock", "checkpoints", "models", *(_UNBORN + end for end in ("", "-wal", "-shm", "-journal"))}


def checkpoint_name(slab: int, chunk: int) -> str:
    """The file of `slab` after `chunk`, below `checkpoints/`."""
    return f"slab-{slab:05d}-chunk-{chunk:06d}.safetensors"


def model_name(run: int) -> str:
    """The file of a finished `run`, below `models/`."""
    return f"run-{run:05d}.safetensors"


def to_json(value: object, what: str) -> str:
    """`value` as Python's JSON (NaN and Infinity allowed), NumPy scalars as numbers; else `BadValue`."""

    def plain(thing: Any) -> Any:
        if hasattr(thing, "item"):
            return thing.item()
        raise TypeError(f"{type(thing).__name__} is no JSON")

    try:
        return json.dumps(value, default=plain, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise BadValue(f"{what}: cannot be stored: {error}; use numbers, text, lists and dicts") from error


def create(folder: Path, spec: Mapping[str, Any], runs: Sequence[RunRow]) -> Lock:
    """Make `folder` hold a new race; returns its lock, held.

    The database is built under another name and renamed when whole. Killed before that, the folder holds
    nothing but the start of a race, which the next `create` takes over; killed after, it can be resumed.
    """
    rows = _tables(spec, runs)
    _refuse_taken(folder)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = Lock(folder)
    try:
        _refuse_taken(folder)  # again: another process may have been faster
        with writing(folder):
            for name in _OURS:
                if name.startswith(_UNBORN):
                    (folder / name).unlink(missing_ok=True)
            for name in ("checkpoints", "models"):
                (folder / name).mkdir(exist_ok=True)
        with database(folder), closing(schema.create(folder / _UNBORN)) as db:
            _insert(db, rows)
        with writing(folder):
            sync_folder(folder)
            os.replace(folder / _UNBORN, folder / "race.sqlite")
            sync_folder(folder)
            sync_folder(folder.absolute().parent)
    except BaseException:
        lock.release()
        raise
    return lock


def _refuse_taken(folder: Path) -> None:
    try:
        names = set(os.listdir(folder))
        inner = [n for sub in ("checkpoints", "models") if sub in names for n in os.listdir(folder / sub)]
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BadFile(f"{folder}: not a folder; give another folder as out") from None
    except OSError as error:
        raise BadFile(f"{folder}: cannot be read: {error.strerror}; give another folder as out") from error
    if "race.sqlite" in names:
        schema.identify(folder)  # says so when it is not ours, or damaged
        do = f"resume it with `steepest resume {folder}` (in a program: steepest.resume, with its workload)"
        raise BadFile(f"{folder} already holds a race; {do}, or give another folder as out")
    foreign = sorted(names - _OURS) or sorted(inner)
    if foreign:
        raise BadFile(f"{folder}: not empty (it holds {foreign[0]!r}); give another folder as out")


def _tables(spec: Mapping[str, Any], runs: Sequence[RunRow]) -> dict[str, list[tuple]]:
    """The rows of a new race by table, checked."""
    slabs: dict[int, int] = {}
    for run in runs:
        if slabs.setdefault(run.slab, run.lane) != run.lane:
            raise BadValue(f"run {run.id}: slab {run.slab} is of lane {slabs[run.slab]}, not {run.lane}")
    if not runs:
        raise BadValue("a race needs at least one run")
    if len({run.id for run in runs}) < len(runs):
        raise BadValue("two runs have the same id; number them apart")
    return {
        "race": [("spec", to_json(dict(spec), "spec")), ("state", '"running"')],
        "slabs": [(slab, lane, None, None, 0) for slab, lane in sorted(slabs.items())],
        "runs": [
            (
                int(run.id),
                str(run.optimizer),
                to_json(run.hyperparameters, f"run {run.id}: hyperparameters"),
                int(run.seed),
                int(run.slab),
                str(run.status),
                int(run.steps),
                None,
            )
            for run in runs
        ],
        "run_metrics": [(int(r.id), str(name), float(value)) for r in runs for name, value in r.metrics.items()],
    }


def _insert(db: sqlite3.Connection, tables: Mapping[str, list[tuple]]) -> None:
    db.execute("BEGIN")
    for table, rows in tables.items():
        if rows:
            try:
                db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
            except OverflowError:
                raise BadValue(f"{table}: a number needs more than 64 bits; use a smaller seed") from None
    db.execute("COMMIT")


def sweep(folder: Path, named: set[str]) -> None:
    """Delete what a killed writer left: unfinished files and checkpoints that the database does not name."""
    for path in (folder / "checkpoints").glob("slab-*-chunk-*.safetensors*"):
        if path.name not in named:
            with suppress(OSError):
                path.unlink()
    for path in (folder / "models").glob(f"run-*.safetensors{TEMPORARY}"):
        with suppress(OSError):
            path.unlink()
