"""Races as processes of their own: `python -m steepest race …` in a session of its own, so that it outlives the lab.

What becomes of a race is read from its folder: the store is the only memory. Only a race that never got a folder (a
fault at its start) is known from the process and its log alone, for as long as this server lives.

    starting      the process is there, the race's folder not yet
    resuming      a process is there that will go on with the race
    running       a process is writing the race
    interrupted   cut short: stopped, killed, or the power failed; `resume` goes on with it
    finished
    failed        it never began; the log's last line says why
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from ..core.errors import BadFile, BadValue, Unavailable
from ..racing.folders import new_folder
from ..store import Store
from ..store.lock import holder

__all__ = ["MOST_AT_ONCE", "Jobs"]

MOST_AT_ONCE = 2
LOGS = ".lab"  # a folder beside the races: their processes' output
_ID = re.compile(r"[\w-][\w.-]{0,119}")


class Jobs:
    """The races below the folder `races`: started, stopped and resumed as processes."""

    def __init__(self, races: Path) -> None:
        self.races = races
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping: set[str] = set()
        self._guard = threading.Lock()

    # what there is -------------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """The races that are kept, and those that are starting or failed to."""
        kept = {p.parent.name for p in self.races.glob("*/race.sqlite")}
        return sorted(one for one in kept | set(self._processes) if _ID.fullmatch(one))

    def folder(self, id: str) -> Path:
        """The folder of race `id`. Raises `BadFile` when there is no such race: an id is never a path."""
        if not _ID.fullmatch(id) or id not in self.ids():
            raise BadFile(f"there is no race {id[:120]!r} here")
        return self.races / id

    def state(self, id: str) -> str:
        """One word of those above."""
        folder = self.folder(id)
        if (folder / "race.sqlite").exists():
            with Store.open(folder) as store:
                if store.state == "finished":
                    return "finished"
            return "running" if holder(folder) is not None else "resuming" if self.live(id) else "interrupted"
        return "starting" if self.live(id) else "failed"

    def live(self, name: str) -> bool:
        """Whether the process `name`, a race's id or that of a task, still runs."""
        process = self._processes.get(name)
        return process is not None and process.poll() is None

    def failure(self, name: str) -> str:
        """The last line that the process `name` said before it ended, or the status that it ended with."""
        try:
            lines = self.log(name).read_text("utf-8", "replace").split("\n")
        except OSError:
            lines = []
        said = [line.strip() for line in lines if line.strip()]
        process = self._processes.get(name)
        code = process.poll() if process is not None else None
        return said[-1][:500] if said else f"its process ended with status {code}" if code else ""

    # what is done --------------------------------------------------------------------------------------------

    def start(self, arguments: Sequence[str]) -> str:
        """Start a race with the arguments of `steepest race`, the workload first; its id."""
        with self._guard:
            self._check_room()
            folder = new_folder(arguments[0], self.races)
            try:
                folder.mkdir(parents=True)  # taken: a second race of this second gets another name
            except OSError as error:
                raise Unavailable(f"{self.races} cannot be written: {error.strerror}") from error
            self._spawn(folder.name, ["race", *arguments, f"--out={folder}"])
        return folder.name

    def resume(self, id: str) -> None:
        """Go on with a race that was cut short."""
        folder = self.folder(id)
        with self._guard:
            if self.state(id) != "interrupted":
                raise BadValue(f"race {id} is {self.state(id)}; only an interrupted race can be resumed")
            self._check_room()
            self._spawn(id, ["resume", str(folder)])

    def stop(self, id: str) -> None:
        """End a race's process; what it has recorded is kept, as after any crash."""
        pid = holder(self.folder(id))
        process = self._processes.get(id)
        if pid is None and process is not None and process.poll() is None:
            pid = process.pid
        if pid is None:
            raise BadValue(f"race {id} is not running")
        again = id in self._stopping
        self._stopping.add(id)
        try:
            # not SIGINT, which a lab that was started in the background ignores, and its children with it
            os.kill(pid, signal.SIGKILL if again else signal.SIGTERM)
        except OSError as error:
            raise Unavailable(f"race {id} cannot be stopped: {error.strerror}") from None

    def task(self, name: str, arguments: Sequence[str], out: Path) -> None:
        """Run `steepest ARGUMENTS` as the process `name` (no race's id), what it prints going to the file `out`."""
        with self._guard:
            self._check_room()
            self._spawn(name, arguments, out)

    def log(self, name: str, end: str = "log") -> Path:
        """A file beside the races that belongs to the process `name`."""
        return self.races / LOGS / f"{name}.{end}"

    def close(self) -> None:
        """Let go of the processes that still run: they go on by themselves."""
        for process in self._processes.values():
            if process.poll() is None:
                process.returncode = 0  # else Python would warn that a child is left behind, which is meant

    # inside --------------------------------------------------------------------------------------------------

    def _check_room(self) -> None:
        live = sum(process.poll() is None for process in self._processes.values())
        if live >= MOST_AT_ONCE:
            raise Unavailable(f"{live} races or planes are being computed already; stop one or wait")

    def _spawn(self, name: str, arguments: Sequence[str], out: Path | None = None) -> None:
        self._stopping.discard(name)
        log = self.log(name)
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("wb") as said, out.open("wb") if out else nullcontext(said) as printed:
                self._processes[name] = subprocess.Popen(
                    [sys.executable, "-m", "steepest", *arguments],
                    stdin=subprocess.DEVNULL,
                    env={**os.environ, "LC_ALL": "C.UTF-8"},  # its messages are told in the language of each page
                    stdout=printed,
                    stderr=said,
                    start_new_session=True,  # it outlives the lab, and the terminal's Ctrl-C
                )
        except OSError as error:
            raise Unavailable(f"the race cannot be started: {error.strerror}") from error
