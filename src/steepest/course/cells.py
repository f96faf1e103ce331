"""The code of a chapter: cells `# %% name`, run in order in one namespace, and what each prints.

A cell marked `# %% name timed` prints times: its output is shown as recorded, and not compared. Outputs are recorded
by `python -m steepest.course.record 1.2` into outputs.json. This runs the package's own code, never a reader's.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from ..core.errors import BadFile

__all__ = ["Cell", "cells", "run"]

_HEAD = re.compile(r"^# %% ([a-z0-9][a-z0-9-]*)( timed)?$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A named piece of the code, and the line of the file where it begins."""

    name: str
    source: str
    timed: bool
    line: int


def cells(text: str) -> tuple[Cell, ...]:
    """The cells of a file, in order; what stands above the first (its docstring) belongs to none."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    out = tuple(
        Cell(head[1], text[head.end() : end].strip("\n"), bool(head[2]), text[: head.end()].count("\n") + 1)
        for head, end in zip(heads, ends, strict=True)
    )
    if len({cell.name for cell in out}) < len(out):
        raise BadFile("two cells have one name")
    return out


def run(file: str, text: str) -> dict[str, str]:
    """Run the cells of `file` from top to bottom; name -> what it printed."""
    namespace: dict[str, Any] = {"__name__": "__chapter__"}
    outputs = {}
    for cell in cells(text):
        printed = io.StringIO()
        code = compile("\n" * cell.line + cell.source, file, "exec")  # errors then name the file's own line
        with redirect_stdout(printed):
            exec(code, namespace)
        outputs[cell.name] = printed.getvalue().rstrip("\n")
    return outputs
