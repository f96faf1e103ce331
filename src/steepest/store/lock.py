"""One writer at a time: an exclusive `flock` on a race's `lock` file.

The kernel drops the lock when its process dies, however it dies, so there is never a stale lock to clean up.
The file holds the pid of its holder, for the message only, and is never deleted: deleting a file that others
may have open would let two processes hold "the" lock.
"""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from ..core.errors import BadFile, Unavailable

__all__ = ["Lock", "holder"]


class Lock:
    """The lock of `folder`, taken on construction. Raises `BadFile` when another writer holds it."""

    def __init__(self, folder: Path) -> None:
        try:
            self._fd: int | None = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise BadFile(f"{folder}: cannot be written: {error.strerror}; choose a folder of your own") from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            pid = os.pread(self._fd, 32, 0).decode("ascii", "replace").strip()
            self._drop()
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise Unavailable(
                    f"{folder}: its file system has no locks ({error.strerror}); use a local disk"
                ) from error
            holder = f"process {pid}" if pid.isdigit() else "another process"
            raise BadFile(f"{folder}: {holder} is writing this race; wait for it or stop it first") from None
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)
        except OSError:
            pass  # a full disk: the lock holds all the same, only its message is poorer

    def _drop(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def release(self) -> None:
        """Let the next writer in; harmless when done twice."""
        self._drop()


def holder(folder: Path) -> int | None:
    """The process that is writing the race in `folder`, or None when none is.

    Only when the process whose pid the file holds is alive is the lock itself tried, so that asking never
    stands in the way of a writer that is just starting.
    """
    try:
        with (folder / "lock").open("rb") as file:
            text = file.read(32).decode("ascii", "replace").strip()
            if not text.isdigit() or not _alive(int(text)):
                return None
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(text)
    except OSError:
        return None
    return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
