"""What a file is to hold, told by its ending: a report or a figure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadValue

__all__ = ["FIGURE", "REPORT", "ending"]

REPORT = (".html",)
FIGURE = (".svg", ".pdf", ".png")


def ending(path: str | os.PathLike[str], among: Sequence[str] = (*REPORT, *FIGURE)) -> str:
    """The ending of `path`, in small letters. Raises `BadValue` for one that is not `among`."""
    found = Path(path).suffix.lower()
    if found not in among:
        name, ends = str(path), ", ".join(among)
        one = f"{name!r}: a report ends in {ends}" if among == REPORT else f"{name!r}: a figure ends in {ends}"
        raise BadValue(one if among in (REPORT, FIGURE) else f"{name!r}: choose among {ends}")
    return found
