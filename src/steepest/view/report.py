"""The race report: one HTML file that opens anywhere, with no network, and reads as tables without
JavaScript.

Charts are drawn in the browser from the data embedded here; sentences and tables are written here, in both
languages.
"""

from __future__ import annotations

import os
from typing import Any

from .chart_data import chart_data
from .configurations import configurations
from .durations import duration
from .edges import edge_notes
from .heatmap import heatmap
from .leaderboard import lead, leaderboard
from .numbers import count, metric
from .page import STYLES, VENDORED, label, page
from .page import write as write_page
from .race import Race, Reader
from .winner import facts, winner
from .words import LANGUAGES, both, each, escape, sentences, told

__all__ = ["SCRIPTS", "STYLES", "html", "write"]

SCRIPTS = (
    *VENDORED,
    *(
        f"static/{name}.js"
        for name in (
            "page",
            "format",
            "palette",
            "legend",
            "frame",
            "axes",
            "sensitivity",
            "curves",
            "times",
            "table",
            "main",
        )
    ),
)
_CHART = '<div class="chart" data-chart="{}"></div>'


def _none(key: str, **values: Any) -> str:
    return f'<p class="none">{both(key, **values)}</p>'


def _figures(reader: Reader) -> str:
    race = reader.race
    diverged, runs = reader.diverged(reader.configurations)
    pairs = [
        (count(runs), both("figure.runs")),
        (count(len(reader.configurations)), both("figure.configurations")),
        (count(len(reader.groups)), both("figure.optimizers")),
        (count(reader.seeds), both("figure.seeds")),
        (count(diverged), both("figure.diverged")),
    ]
    if race.get("epochs") is not None:
        pairs.append((count(race["epochs"]), both("figure.epochs", steps=count(race.get("steps_per_epoch")))))
    pairs.append((each(duration(race.get("wall_s"))), both("figure.wall")))
    if race.get("compile_s") is not None:
        pairs.append((each(duration(race["compile_s"])), both("figure.compile")))
    return "".join(f"<div><dd>{value}</dd><dt>{name}</dt></div>" for value, name in pairs)


def _sensitivity(reader: Reader, data: dict) -> str:
    if data["unavailable"]:
        return _none(f"sensitivity.{data['unavailable']}")
    notes = [told("sensitivity.read" if reader.seeds > 1 else "sensitivity.read.one")]
    notes += [told("sensitivity.others")] if data["others"] else []
    notes += [told("sensitivity.omitted", n=data["omitted"])] if data["omitted"] else []
    lead_in = f'<p class="lead">{both("sensitivity.lead", metric=reader.choose_by)}</p>'
    return f'{lead_in}{_CHART.format("sensitivity")}<p class="note">{sentences(notes)}</p>'


def _curves(reader: Reader, data: dict) -> str:
    if not data["metrics"]:
        return _none("curves.none")
    notes = [told("curves.lead" if reader.seeds > 1 else "curves.lead.one")]
    notes += [told("curves.omitted", n=data["omitted"])] if data["omitted"] else []
    return f'{_CHART.format("curves")}<p class="note">{sentences(notes)}</p>'


def _times(reader: Reader, data: dict) -> str:
    if data["unavailable"] == "no_target":
        return _none("times.no_target")
    target = {
        "target": metric(data["target"]["metric"], data["target"]["value"]),
        "metric": data["target"]["metric"],
    }
    if data["unavailable"]:
        return _none("times.not_reached", **target)
    return f'{_CHART.format("times")}<p class="note">{both("times.lead", **target)}</p>'


def _divergence(reader: Reader, data: dict) -> str:
    notes = [told("divergence.lead", metric=reader.choose_by)] if data["diverged"] else [told("divergence.none")]
    notes += [told("divergence.binned")] if data["binned"] else []
    if len(reader.configurations) > len(reader.groups) * len(data["rates"]):
        notes.append(told("divergence.best"))
    lead_in = "" if data["unavailable"] else f'<p class="lead">{sentences(notes)}</p>'
    box = f'<div class="scroll" tabindex="0" role="region" {label("divergence")}>'
    return f"{lead_in}{box}{heatmap(reader, data)}</div>"


def _table(reader: Reader) -> str:
    table, shown, total = configurations(reader)
    if not total:
        return _none("table.none")
    cut = _none("table.cut", shown=count(shown), total=count(total)) if shown < total else ""
    same = reader.choose_by == reader.metric
    said = both("table.same" if same else "table.ranked", metric=reader.metric, choose_by=reader.choose_by)
    above = f'<p class="note">{said}</p>{cut}'
    return f'{above}<div class="scroll tall" tabindex="0" role="region" {label("table")}>{table}</div>'


def _repeat(race: Race) -> str:
    command = race.get("command")
    said = _none("repeat.no_command")
    if command:
        said = (
            f'<div class="command"><pre tabindex="0"><code id="command">{escape(command)}</code></pre>'
            f'<button type="button" id="copy" hidden>{both("copy")}</button></div>'
        )
    items = [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in (race.get("versions") or {}).items()]
    if race.get("started"):
        items.insert(0, f"<dt>{both('repeat.started')}</dt><dd>{escape(race['started'])}</dd>")
    return f'{said}<h3>{both("repeat.versions")}</h3><dl class="versions">{"".join(items)}</dl>'


def html(race: dict) -> str:
    """The report of `race` (its shape: see `race.py`) as one self-contained page."""
    reader = Reader(race)
    data = chart_data(race)
    workload = race["workload"]
    size = workload.get("parameters")
    title = workload.get("title") or dict.fromkeys(LANGUAGES, workload["id"])
    slots = {
        "title": escape(f"{workload['id']} · Steepest 最速"),
        "workload": each(title),
        "id": escape(workload["id"]),
        "parameters": both("parameters", n=count(size)) if size else "",
        "winner": winner(reader),
        "facts": facts(reader),
        "figures": _figures(reader),
        "leaderboard_lead": lead(reader),
        "leaderboard": leaderboard(reader),
        "edges": edge_notes(race),
        "sensitivity": _sensitivity(reader, data["sensitivity"]),
        "curves": _curves(reader, data["curves"]),
        "times": _times(reader, data["times"]),
        "divergence": _divergence(reader, data["divergence"]),
        "table": _table(reader),
        "repeat": _repeat(race),
    }
    shown = {**data, "divergence": None, "title": title}  # the map is markup
    return page("report", slots, shown, SCRIPTS)


def write(path: str | os.PathLike[str], race: dict) -> None:
    """Write the report of `race` to `path`, whole or not at all; `BadFile` when it cannot be written."""
    write_page(path, html(race), "report")
