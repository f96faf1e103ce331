"""The database of a race: its tables, how it is recognised, created and opened.

`PRAGMA application_id` says that the file is ours and `user_version` which format it has. A NULL value is
nan, which SQLite cannot store; infinities it can. JSON is Python's, so `NaN` and `Infinity` may occur in it.

The journal is a WAL, so readers and the writer do not wait for each other. `synchronous` is FULL: after
`kill -9` NORMAL would do, but at a power cut NORMAL may take back the last transactions, and the checkpoint
that the database would then name has been deleted by then. FULL costs one fsync a chunk.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from ..core.errors import BadFile, Unavailable
from .faults import database

__all__ = ["APPLICATION_ID", "FORMAT_VERSION", "connect_reader", "connect_writer", "create", "identify"]

APPLICATION_ID = int.from_bytes(b"Stst", "big")
FORMAT_VERSION = 1

_TABLES = """
CREATE TABLE race (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE slabs (id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, chunk INTEGER, file TEXT,
                    ended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE runs (id INTEGER PRIMARY KEY, optimizer TEXT NOT NULL, hyperparameters TEXT NOT NULL,
                   seed INTEGER NOT NULL, slab INTEGER NOT NULL, status TEXT NOT NULL,
                   steps INTEGER NOT NULL, model TEXT);
CREATE TABLE run_metrics (run INTEGER, metric TEXT, value REAL, PRIMARY KEY (run, metric)) WITHOUT ROWID;
CREATE TABLE metrics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE records (run INTEGER, step INTEGER, metric INTEGER, value REAL,
                      PRIMARY KEY (run, step, metric)) WITHOUT ROWID;
CREATE TABLE chunks (slab INTEGER, chunk INTEGER, wall_s REAL NOT NULL, compile_s REAL NOT NULL,
                     PRIMARY KEY (slab, chunk)) WITHOUT ROWID;
"""

_MAGIC = b"SQLite format 3\0"
_BUSY_S = 30.0
_CHECKED_BYTES = 64 << 20  # quick_check reads the whole file; a reader of a bigger one learns of damage on the way


def identify(folder: Path) -> None:
    """Raise `BadFile` unless `folder` holds a race of a format that we read; does not open it in SQLite."""
    path = folder / "race.sqlite"
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError):
        raise BadFile(
            f"{folder}: no race here (no race.sqlite); give the folder that `steepest race --out` made"
        ) from None
    except OSError as error:
        raise BadFile(f"{folder}: race.sqlite cannot be read: {error.strerror}") from error
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise BadFile(f"{folder}: race.sqlite is damaged or no SQLite database; restore it from a copy")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BadFile(f"{folder}: race.sqlite was not made by Steepest; give the folder of a race")
    version = int.from_bytes(header[60:64], "big")
    if version > FORMAT_VERSION:
        formats = f"format {version}, this one reads up to {FORMAT_VERSION}"
        raise BadFile(f"{folder}: made by a newer Steepest ({formats}); upgrade steepest")
    if version < 1:
        raise BadFile(f"{folder}: race.sqlite is damaged (format {version}); restore it from a copy")


def create(path: Path) -> sqlite3.Connection:
    """A new, empty database at `path`, complete but for its rows; the caller closes it before renaming it."""
    db = _connect(path, "rwc")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute(f"PRAGMA user_version={FORMAT_VERSION}")
    db.executescript(_TABLES)
    return db


def connect_writer(folder: Path) -> sqlite3.Connection:
    """The connection of the process that holds the lock; recovers what a killed writer left."""
    with database(folder):
        db = _connect(folder / "race.sqlite", "rw")
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            _check(db, folder)
        except BaseException:
            db.close()
            raise
    return db


def connect_reader(folder: Path) -> sqlite3.Connection:
    """A connection that changes nothing stored; works beside a writer and on a read-only folder."""
    path = folder / "race.sqlite"
    with database(folder):
        db = _connect(path, "ro")
        try:
            db.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            # WAL needs a shared-memory file, which a read-only folder refuses; a closed race does without.
            wal = folder / "race.sqlite-wal"
            if wal.exists() and wal.stat().st_size:
                why = "the race was cut off and its folder cannot be written"
                raise Unavailable(f"{folder}: {why}; copy it, then open the copy") from error
            db = _connect(path, "ro&immutable=1")
        except BaseException:
            db.close()
            raise
        try:
            if path.stat().st_size <= _CHECKED_BYTES:
                _check(db, folder)
        except BaseException:
            db.close()
            raise
    return db


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """`Store` guards the connection with a lock, so any thread may use it; transactions are explicit."""
    uri = f"file:{quote(os.path.abspath(path))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)


def _check(db: sqlite3.Connection, folder: Path) -> None:
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise BadFile(f"{folder}: race.sqlite is damaged ({' '.join(found.split())}); restore it from a copy")
