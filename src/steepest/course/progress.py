"""How far a reader has come: one JSON file in the user's data folder, replaced as a whole at every change.

    {"version": 1, "chapters": {"1.2": {"opened": true, "quizzes": {"key": true}, "homework": {"neuron": true}}}}

A quiz is true when it was answered right at least once, homework when its checker passed. A file that cannot be read
is put aside as progress.damaged.json and the reader starts afresh; a file of a later version is left alone.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..core.errors import BadFile

__all__ = ["Progress", "home_folder"]

VERSION = 1
Record = dict[str, Any]


def home_folder() -> Path:
    """Where Steepest keeps what is the user's own: $STEEPEST_HOME, else the user's data folder."""
    own = os.environ.get("STEEPEST_HOME")
    return Path(own) if own else Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "steepest"


def _sound(record: Any) -> bool:
    """Does `record` have the form that this module writes?"""
    return isinstance(record, dict) and all(
        isinstance(one, dict) and isinstance(one.get("quizzes"), dict) and isinstance(one.get("homework"), dict)
        for one in record.values()
    )


def _keep(record: dict[str, bool], name: str, right: bool) -> None:
    record[name] = right or record.get(name, False)


class Progress:
    """The reader's progress in `folder`; every method reads the file afresh, so that several programs may share it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = home_folder() if folder is None else folder

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "progress.json"

    def chapters(self) -> dict[str, Record]:
        """chapter id -> {"opened", "quizzes": {key: right}, "homework": {name: right}}, of those ever opened."""
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            found = None
        if isinstance(found, dict) and isinstance(found.get("version"), int) and found["version"] > VERSION:
            raise BadFile(f"{self.path} was written by a later version of Steepest; update, or move it away")
        if not isinstance(found, dict) or found.get("version") != VERSION or not _sound(found.get("chapters")):
            self._put_aside()
            return {}
        chapters: dict[str, Record] = found["chapters"]
        return chapters

    def opened(self, chapter: str) -> None:
        """The reader opened `chapter`."""
        self._change(chapter, lambda record: record.update(opened=True))

    def answered(self, chapter: str, quiz: str, right: bool) -> None:
        """The reader answered a quiz; a right answer stays."""
        self._change(chapter, lambda record: _keep(record["quizzes"], quiz, right))

    def handed_in(self, chapter: str, homework: str, right: bool) -> None:
        """The reader had homework checked; what was once right stays."""
        self._change(chapter, lambda record: _keep(record["homework"], homework, right))

    def _change(self, chapter: str, change: Callable[[Record], object]) -> None:
        try:
            with self._alone():
                chapters = self.chapters()
                change(chapters.setdefault(chapter, {"opened": False, "quizzes": {}, "homework": {}}))
                new = self.path.with_suffix(".new")
                with new.open("w", encoding="utf-8") as file:
                    json.dump({"version": VERSION, "chapters": chapters}, file, ensure_ascii=False, indent=1)
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(self.path)
        except OSError as error:
            raise BadFile(f"{self.path} cannot be written: {error.strerror}; set STEEPEST_HOME to a folder") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: the lock dies with its process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "progress.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _put_aside(self) -> None:
        try:
            self.path.replace(self.folder / "progress.damaged.json")
        except OSError as error:
            raise BadFile(f"{self.path} cannot be read, nor moved away: {error.strerror}") from error
