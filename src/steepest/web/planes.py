"""The loss plane of a finished race: drawn when asked, by a process of its own, and kept as JSON beside the races.

none       not asked for yet
drawing    its process runs: it makes the best run of each optimiser once more
drawn      told as a chart
failed     the process ended without one; `error` says why
lacking    the lab does not have what the race was on; `error` says what to do
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.errors import BadValue, UnknownName
from ..racing.report_data import report_data
from ..racing.results import Race
from ..view.race_charts import places, plane_chart
from .jobs import Jobs
from .opened import check_files

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["Planes"]


class Planes:
    """What the page is told about loss planes."""

    def __init__(self, jobs: Jobs, own: Mapping[str, Workload] | None = None) -> None:
        self.jobs, self.own = jobs, own or {}

    def one(self, id: str) -> dict[str, Any]:
        """{"state", "error", "chart"} of the plane of race `id`."""
        folder = self.jobs.folder(id)  # says so when there is no such race
        name = _task(id)
        told: dict[str, Any] = {"state": "drawing", "error": "", "chart": None}
        if self.jobs.live(name):
            return told
        try:
            plane = json.loads(self.jobs.log(name, "json").read_text("utf-8"))
        except (OSError, ValueError):
            error = self.jobs.failure(name)
            if self.jobs.state(id) == "finished":
                try:
                    check_files(folder, self.own)
                except UnknownName as lack:
                    return {**told, "state": "lacking", "error": str(lack)}
            return {**told, "state": "failed" if error else "none", "error": error}
        return {**told, "state": "drawn", "chart": plane_chart(plane, places(report_data(Race(folder))))}

    def draw(self, id: str) -> None:
        """Begin to draw the plane of race `id`, unless that is being done."""
        if self.jobs.state(id) != "finished":
            raise BadValue(f"race {id} is {self.jobs.state(id)}; a loss plane needs a finished race")
        check_files(self.jobs.folder(id), self.own)
        name = _task(id)
        if not self.jobs.live(name):
            folder = str(self.jobs.folder(id))
            self.jobs.task(name, ["plane", folder, "--json"], self.jobs.log(name, "json"))


def _task(id: str) -> str:
    return f"{id}/plane"  # no race's id has a slash
