"""The process in which a reader's homework runs: `python -m steepest.course.marking FILE CHAPTER NAME OUT`.

Runs FILE, walks its checker through it and writes what came of it to OUT as JSON. It is started, limited in time and
read by `grading.py`; whatever FILE does, it does in here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .chapter import homework
from .homework import NotYet, Work

__all__ = ["mark"]


def mark(file: str, id: str, name: str) -> dict[str, Any]:
    """The steps that the homework in `file` passed, and the first that it did not (None when it is right)."""
    work = Work({}, file)
    try:
        work.names = _run(file)
        homework(id)[name].check(work)
    except NotYet as not_yet:
        return {"passed": work.passed, "step": not_yet.step, "hint": not_yet.hint}
    return {"passed": work.passed, "step": None, "hint": None}


def _run(file: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "homework", "__file__": file}
    try:
        exec(compile(Path(file).read_text("utf-8"), file, "exec"), names)
    except (Exception, SystemExit) as error:
        import traceback

        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
        text = error.msg if isinstance(error, SyntaxError) else (str(error).splitlines() or [""])[0]
        said = f"line {line}: {type(error).__name__}: {text}"
        raise NotYet(
            {"en": "running the file", "zh": "运行文件"}, {"en": f"it stopped at {said}", "zh": f"运行中断：{said}"}
        ) from error
    return names


if __name__ == "__main__":
    marked = mark(*sys.argv[1:4])
    Path(sys.argv[4]).write_text(json.dumps(marked), "utf-8")
