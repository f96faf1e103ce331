"""The loss plane as a page: contours of the loss, the path of each run, and how much of its movement is in the picture.

It is drawn from `LossPlane.as_dict()` with the workload's "id" and "title" beside it; it knows nothing else of races.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from .durations import duration
from .heights import lifted
from .leaderboard import key
from .numbers import count, setting, short
from .page import VENDORED, page
from .page import write as write_page
from .words import both, each, escape, sentences, told

__all__ = ["SCRIPTS", "html", "named", "remarks", "write"]

SCRIPTS = (
    *VENDORED,
    *(f"static/{name}.js" for name in ("page", "format", "palette", "legend", "frame", "plane", "main")),
)


def named(paths: list[dict[str, Any]]) -> list[str]:
    """What each path is called: its optimizer, with the run's number where an optimizer has several."""
    names = [str(path["optimizer"]) for path in paths]
    return [n if names.count(n) == 1 else f"{n} · {path['run']}" for n, path in zip(names, paths, strict=True)]


def _table(paths: list[dict[str, Any]], names: list[str]) -> str:
    heads = ("optimizer", "settings", "plane.seed", "plane.steps", "plane.share")
    columns = "".join(
        f"<th scope=col{' class=num' if head.startswith('plane') else ''}>"
        f"{both(head if head.startswith('plane') else f'column.{head}')}</th>"
        for head in heads
    )
    rows = [
        f'<tr><th scope="row">{key(i)}{escape(name)}</th>'
        f"<td><code>{escape(setting(path['hyperparameters']))}</code></td>"
        f'<td class="num">{count(path["seed"])}</td><td class="num">{count(path["steps"][-1])}</td>'
        f'<td class="num">{100 * path["share"]:.1f}%</td></tr>'
        for i, (name, path) in enumerate(zip(names, paths, strict=True))
    ]
    return f'<table class="leaderboard"><thead><tr>{columns}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def remarks(plane: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the plane shows and how much of all movement, and how it was computed: sentences in every language."""
    finite = [v for row in plane["loss"] for v in row if v is not None]
    low, high = (short(f(finite), 4) if finite else "–" for f in (min, max))
    said = [
        told(f"plane.lead.{plane['directions']}"),
        told("plane.share.all", share=f"{100 * plane['share']:.1f}%"),
    ]
    notes = [
        told("plane.loss", samples=count(plane["samples"]), low=low, high=high),
        told("plane.contours"),
        told("plane.took", seconds=duration(plane["seconds"])),
    ]
    if plane["deviation"]:
        notes.append(told("plane.deviation", deviation=short(plane["deviation"], 2)))
    return said, notes


def html(plane: Mapping[str, Any]) -> str:
    """The page of `plane`."""
    paths = list(plane["paths"])
    names = named(paths)
    said, notes = remarks(plane)
    slots = {
        "title": escape(f"{plane['id']} · Steepest 最速"),
        "id": escape(plane["id"]),
        "workload": each(plane["title"]),
        "lead": sentences(said),
        "notes": sentences(notes),
        "table": _table(paths, names),
    }
    data = {
        "title": plane["title"],
        "groups": [{"name": name} for name in names],
        "plane": {
            "x": plane["x"],
            "y": plane["y"],
            "lifted": lifted(plane["loss"]),
            "loss": plane["loss"],
            "paths": [{k: path[k] for k in ("x", "y", "steps")} for path in paths],
        },
    }
    return page("plane", slots, data, SCRIPTS)


def write(path: str | os.PathLike[str], plane: Mapping[str, Any]) -> None:
    """Write the page of `plane` to `path`, whole or not at all; `BadFile` when it cannot be written."""
    write_page(path, html(plane), "figure")
