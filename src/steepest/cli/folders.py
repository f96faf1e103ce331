"""Names that the command line gives by itself: a new race's folder, the command to repeat it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

__all__ = ["command_line", "new_folder"]


def new_folder(workload: str) -> Path:
    """A folder under runs/ that does not exist yet, named after the workload and the time."""
    name = re.sub(r"[^\w-]+", "-", Path(workload).name).strip("-") or "race"
    stem = Path("runs") / f"{name}-{datetime.now():%Y%m%d-%H%M%S}"
    folder, n = stem, 1
    while folder.exists():
        n += 1
        folder = stem.with_name(f"{stem.name}-{n}")
    return folder


def command_line(arguments: Sequence[str]) -> str:
    """The command as a shell would take it."""
    return shlex.join(["steepest", *arguments])
