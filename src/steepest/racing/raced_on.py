"""The workload that a stored race was on: the one that is given, or what its spec names; imports JAX only then.

A race on `file.py:name` knows where the file lay. One on a `Workload` that only a program has must be given it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import BadValue, UnknownName
from ..core.spec import RaceSpec

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["raced_on"]


def raced_on(spec: RaceSpec, path: str | Path, given: str | Workload | None = None) -> Workload:
    """The workload of the race in `path`, with the options of its spec.

    Raises `UnknownName` when it must be given, `BadValue` when it measures something else.
    """
    from ..workloads.loading import workload

    if given is not None:
        chosen, metric = workload(given, **spec.options), spec.facts["metric"]
        if metric not in chosen.metrics:
            raise BadValue(f"workload {chosen.id!r} has no metric {metric!r}, which the race in {path} is ranked by")
        return chosen
    advice = (
        f"the race in {path} was on a Workload {spec.workload!r} of your own program; pass it: workload=…, "
        "or on the command line --workload file.py:name"
    )
    if spec.facts.get("own"):
        raise UnknownName(advice)
    try:
        return workload(spec.facts.get("file", spec.workload), **spec.options)
    except UnknownName as error:  # a race kept before it was told whose the workload is
        raise UnknownName(advice) from error
