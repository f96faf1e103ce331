"""What a file is to hold, told by its ending: a report or a figure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadValue

__all__ = ["FIGURE", "REPORT", "ending"]

REPORT = (".html",)
FIGURE = (".svg", ".pdf", ".png")
_WHAT = {REPORT: "a report ends in", FIGURE: "a figure ends in", (*REPORT, *FIGURE): "choose among"}


def ending(path: str | os.PathLike[str], among: Sequence[str] = (*REPORT, *FIGURE)) -> str:
    """The ending of `path`, in small letters. Raises `BadValue` for one that is not `among`."""
    found = Path(path).suffix.lower()
    if found not in among:
        raise BadValue(f"{str(path)!r}: {_WHAT[tuple(among)]} {', '.join(among)}")
    return found
