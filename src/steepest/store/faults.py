"""Faults of disk and SQLite in Steepest's own words: `BadFile` is damage, `Unavailable` the machine."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import BadFile, SteepestError, Unavailable

__all__ = ["database", "writing"]

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DAMAGE = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}


def _kept(folder: Path, why: object) -> Unavailable:
    return Unavailable(
        f"{folder}: {why}; the last good chunk is kept: make room, then go on with `steepest resume {folder}`"
    )


def _damaged(folder: Path, why: object) -> BadFile:
    return BadFile(f"{folder}: race.sqlite is damaged ({why}); restore it from a copy")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an OSError met while writing below `folder` into `Unavailable`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _kept(folder, os.strerror(error.errno)) from error
        raise Unavailable(f"{folder}: cannot be written: {error.strerror or error}") from error


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into `BadFile` (damaged) or `Unavailable` (full, busy, unreachable).

    Misuse of the connection, such as a call after `close`, passes through: it is a fault of the program.
    """
    try:
        yield
    except SteepestError:
        raise
    except UnicodeDecodeError as error:  # in a text, or in SQLite's message about a damaged name
        raise _damaged(folder, "text that is no UTF-8") from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None and not isinstance(error, sqlite3.OperationalError):
            raise
        if code is None or code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF in _DAMAGE:
            raise _damaged(folder, error) from error  # without a code: text that is no UTF-8
        if code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise _kept(folder, error) from error
        raise Unavailable(f"{folder}: race.sqlite cannot be used: {error}") from error
