"""A race's recipe as a file to keep. A reader's own file is run only when the lab was started with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..racing.results import Race
from ..recipes import recipe

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["text"]


def text(folder: Path, to: str, own: Mapping[str, Workload]) -> str:
    """The best run of the race in `folder` as code for library `to`; `own` are the workloads that the lab was given.

    Raises `UnknownName` for another library, `BadFile` while the race has no result. This imports JAX.
    """
    from ..workloads.loading import is_file

    race = Race(folder)
    name = race.spec.workload
    if is_file(name) and name not in own:
        return recipe(race, race.best, None, to)
    return Race(folder, own.get(name)).recipe(to)
