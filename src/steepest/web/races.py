"""Races, read from their folders: the list, one race as it stands, two side by side. No JAX here."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from threading import Lock
from typing import Any

import anyio

from ..core.errors import SteepestError
from ..core.status import Status
from ..racing.report_data import report_data
from ..racing.results import Race
from ..view import report
from ..view.edges import edges
from ..view.race import Reader
from ..view.race_charts import comparison, places, race_chart
from ..view.words import LANGUAGES, metric_name
from .answers import plain
from .jobs import Jobs

__all__ = ["Races"]

KEPT = 200  # answers of before, as long as their races' folders have not changed
MOST_ROWS = 64  # of a leaderboard
EVERY_S = 0.7  # between two looks at a race that is watched
BEAT_S = 15.0


class Races:
    """What the page is told about races."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self._kept: OrderedDict[tuple[str, str], tuple[Any, Any]] = OrderedDict()
        self._guard = Lock()

    def list(self) -> list[dict[str, Any]]:
        """Every race in one line, the latest first; a damaged one says so."""
        rows = []
        for id in self.jobs.ids():
            try:
                rows.append(self._known("line", id, self._line))
            except SteepestError as error:
                rows.append({"id": id, "state": "damaged", "error": str(error), "started": ""})
        return sorted(rows, key=lambda row: (row["started"] or "9", row["id"]), reverse=True)

    def one(self, id: str) -> dict[str, Any]:
        """A race as it stands: its line, leaderboard, charts, progress."""
        return self._known("one", id, self._one)

    def report(self, id: str) -> str:
        """The race's report, one HTML page."""
        return report.html(report_data(Race(self.jobs.folder(id))))

    def compare(self, a: str, b: str) -> dict[str, Any]:
        """Two races: each one's line and leaderboard, and one chart of both."""
        data = [report_data(Race(self.jobs.folder(id))) for id in (a, b)]
        known = places(*data)
        rows = [{**self._line(id), "ranking": _ranking(one, known)} for id, one in zip((a, b), data, strict=True)]
        return {"races": rows, "chart": comparison(*data)}

    async def events(self, id: str, told_as: Callable[[dict[str, Any]], Any] = dict) -> AsyncIterator[str]:
        """Server-sent events: the race, whenever it has changed, until nothing more will come."""
        told, silent = None, 0.0
        while True:
            now = await anyio.to_thread.run_sync(self.one, id)
            text = json.dumps(plain(told_as(now)), ensure_ascii=False, allow_nan=False)
            if text != told:
                told, silent = text, 0.0
                yield f"event: race\ndata: {text}\n\n"
                if now["state"] in ("finished", "failed", "interrupted"):
                    yield "event: end\ndata: {}\n\n"
                    return
            elif silent > BEAT_S:
                silent = 0.0
                yield ": still here\n\n"
            await anyio.sleep(EVERY_S)
            silent += EVERY_S

    # inside --------------------------------------------------------------------------------------------------

    def _stamp(self, id: str) -> Any:
        """What changes when the race does."""
        files = [self.jobs.folder(id) / f"race.sqlite{end}" for end in ("", "-wal")]
        stats = [f.stat() if f.exists() else None for f in files]
        return self.jobs.state(id), [s and (s.st_mtime_ns, s.st_size) for s in stats]

    def _known(self, kind: str, id: str, make: Callable[[str], Any]) -> Any:
        stamp = self._stamp(id)
        with self._guard:
            kept = self._kept.get((kind, id))
        if kept is None or kept[0] != stamp:
            kept = (stamp, make(id))
            with self._guard:
                self._kept[kind, id] = kept
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return kept[1]

    def _line(self, id: str) -> dict[str, Any]:
        state = self.jobs.state(id)
        if state in ("starting", "failed"):
            failure = self.jobs.failure(id) if state == "failed" else ""
            return {"id": id, "state": state, "error": failure, "started": ""}
        race = Race(self.jobs.folder(id))
        facts = race.spec.facts
        best = next((row for row in race.ranking if row["n"]), None)
        return {
            "id": id,
            "state": state,
            "error": self.jobs.failure(id) if state == "interrupted" else "",
            "workload": race.spec.workload,
            "title": facts["title"],
            "started": facts["started"],
            "runs": len(race.runs),
            "metric": race.metric,
            "metric_name": {at: metric_name(at, race.metric) for at in LANGUAGES},
            "best": best and {k: best[k] for k in ("optimizer", "mean", "varied")},
            "reads_digits": facts.get("reads_digits", False),
        }

    def _one(self, id: str) -> dict[str, Any]:
        line = self._line(id)
        if line["state"] in ("starting", "failed"):
            return {**line, "ranking": [], "chart": None}
        race = Race(self.jobs.folder(id))
        data = report_data(race)
        statuses = [run.status for run in race.runs]
        return {
            **line,
            "command": race.spec.command,
            "seeds": len(race.spec.seeds),
            "epochs": race.spec.epochs,
            "target": race.spec.facts["target"],
            "wall_s": race.wall_s,
            "compile_s": race.compile_s,
            "counts": {str(one): statuses.count(one) for one in Status},
            "progress": _progress(race),
            "ranking": _ranking(data, places(data)),
            "edges": edges(data),
            "chart": race_chart(data),
        }


def _ranking(race: Mapping[str, Any], known: Mapping[str, int]) -> list[dict[str, Any]]:
    """The leaderboard; `series` is the place of each optimiser's colour, as in the charts."""
    reader = Reader(race)
    keys = ("rank", "tied", "optimizer", "varied", "mean", "low", "high", "n", "diverged")
    rows = reader.ranking[:MOST_ROWS]
    return [{**{k: row[k] for k in keys}, "series": known[reader.group(row["configuration"])]} for row in rows]


def _progress(race: Race) -> float:
    """The share of all steps that is done; a run that has ended counts whole."""
    facts, spec = race.spec.facts, race.spec
    done = total = 0.0
    for run in race.runs:
        size = spec.configurations[run.configuration].structure.get("batch_size")
        samples = facts.get("samples")
        per_epoch = -(-samples // min(int(size or samples), samples)) if samples else facts["steps_per_epoch"]
        steps = max(1, round(per_epoch * spec.epochs))
        total += steps
        done += steps if run.status.ended else min(run.steps, steps)
    return done / total if total else 0.0
