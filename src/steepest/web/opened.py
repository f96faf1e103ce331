"""A stored race, opened by the lab. A reader's own file is run only when the lab was started with it: what the races in
a folder name is not trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UnknownName
from ..core.python_file import parts, whole_path
from ..core.spec import RaceSpec
from ..racing.results import Race

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["check_files", "opened"]


def opened(folder: Path, own: Mapping[str, Workload]) -> Race:
    """The race in `folder`; `own` are the workloads that the lab was given. `UnknownName` where it is on another."""
    name = _workload(Race(folder).spec)
    _check(name, own)
    return Race(folder, {_place(text): given for text, given in own.items()}.get(_place(name)))


def check_files(folder: Path, own: Mapping[str, Workload]) -> None:
    """Raise `UnknownName` where the race in `folder` computes on only with what only a program has, or with a file that
    is not among `own`."""
    spec = Race(folder).spec
    if spec.facts.get("own"):
        raise UnknownName(
            f"the race was on the workload {spec.workload} of your own program, which the lab does not have; to go on "
            "here, start the lab with its file, steepest lab --workload file.py:name, and race it from the page"
        )
    _check(_workload(spec), own)
    for name in dict.fromkeys(c.optimizer for c in spec.configurations):
        _check(name, own, "use the command line")


def _check(name: str, own: Mapping[str, Workload], advice: str = "") -> None:
    if _place(name) not in (None, *map(_place, own)):
        advice = advice or f"start it again: steepest lab --workload {name}"
        raise UnknownName(f"the race runs {name}, which the lab was not started with; {advice}")


def _workload(spec: RaceSpec) -> str:
    """What names the workload when it is loaded again."""
    return str(spec.facts.get("file", spec.workload))


def _place(name: str) -> tuple[Path, str] | None:
    """The file and the name in it; None for what is in no file."""
    file = parts(name)
    return None if file is None else (whole_path(file[0]), file[1])
