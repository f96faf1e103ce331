"""Check a reader's homework: their file runs in a process of its own, with a time limit, and comes back as a verdict.

The first line of a starter file, `# homework 1.2 neuron`, says whose it is.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree

from ..core.errors import BadFile, BadValue
from ..core.interruption import ending
from ..core.registry import unknown
from .blocks import Text
from .chapter import homework

__all__ = ["SECONDS", "Verdict", "grade", "identify"]

SECONDS = 60.0
_HEADER = re.compile(r"\s*# homework (\S+) (\S+)")


@dataclass(frozen=True)
class Verdict:
    """What came of a check: the steps that were right, then the first that was not, with a hint."""

    chapter: str
    name: str
    passed: tuple[Text, ...]
    step: Text | None
    hint: Text | None

    @property
    def right(self) -> bool:
        """Is all of it right?"""
        return self.step is None


def identify(file: Path, id: str | None = None) -> tuple[str, str]:
    """(chapter, name) of the homework in `file`; `id`: the chapter it should belong to, if known.

    Raises `BadFile` when there is no such file, or it does not say, and `BadValue` when it is another chapter's.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise BadFile(f"{file} cannot be read: {reason}") from error
    found = _HEADER.match(text)
    if found is None:
        only = list(homework(id)) if id else []
        if id is None or len(only) != 1:
            raise BadFile(f"{file} does not say which homework it is; keep the starter's first line, `# homework …`")
        return id, only[0]
    chapter, name = found[1], found[2]
    tasks = homework(chapter)
    if name not in tasks:
        raise unknown(f"homework of chapter {chapter}", name, list(tasks))
    if id is not None and id != chapter:
        raise BadValue(f"{file} is homework of chapter {chapter}, not {id}; leave the chapter out")
    return chapter, name


def grade(file: Path, id: str, name: str, seconds: float = SECONDS) -> Verdict:
    """Run `file` and check it as homework `name` of chapter `id`; what it prints goes to stderr."""
    with tempfile.TemporaryDirectory(prefix="steepest-homework-") as folder, ending(partial(rmtree, folder)):
        out = Path(folder) / "verdict.json"
        process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.marking", str(file.resolve()), id, name, str(out)],
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
            env={**os.environ, "JAX_PLATFORMS": "cpu"},
        )
        kill = partial(os.killpg, process.pid, signal.SIGKILL)  # whatever it started ends with it
        try:
            with ending(kill):
                process.wait(seconds)
        except subprocess.TimeoutExpired:
            return _stopped(id, name, {"en": f"it ran longer than {seconds:g} s: does a loop never end?",
                                       "zh": f"运行超过 {seconds:g} 秒：是不是有循环停不下来？"})  # fmt: skip
        finally:
            with suppress(ProcessLookupError):
                kill()
            process.wait()
        try:
            found = json.loads(out.read_text("utf-8"))
        except (OSError, ValueError):
            return _stopped(id, name, {"en": "it ended its process before the check was over",
                                       "zh": "检查还没结束，程序就退出了"})  # fmt: skip
    return Verdict(id, name, tuple(found["passed"]), found["step"], found["hint"])


def _stopped(id: str, name: str, hint: Text) -> Verdict:
    return Verdict(id, name, (), {"en": "running the file", "zh": "运行文件"}, hint)
