"""A race's recipe as a file to keep. A reader's own file is run only when the lab was started with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UnknownName
from ..racing.results import Race
from ..recipes import recipe
from .opened import opened

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["text"]


def text(folder: Path, to: str, own: Mapping[str, Workload]) -> str:
    """The best run of the race in `folder` as code for library `to`; `own` are the workloads that the lab was given.

    Raises `UnknownName` for another library, `BadFile` while the race has no result. This imports JAX.
    """
    try:
        race = opened(folder, own)
    except UnknownName:
        race = Race(folder)
        return recipe(race, race.best, None, to)
    return race.recipe(to)
