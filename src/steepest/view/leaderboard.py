"""The leaderboard as markup, no JavaScript needed: each optimiser at its best setting, ties called ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .durations import duration
from .numbers import DASH, count, interval, metric, place, setting, short
from .race import Reader, finite
from .times import time_to_target
from .whisker import scale, whisker
from .words import LANGUAGES, Html, both, each, escape, metric_name, sentences, told

__all__ = ["COLOURS", "key", "lead", "leaderboard"]

COLOURS = 8
SHAPES = (  # the order of `palette.js`
    '<circle cx="11" cy="6" r="3.6"/>',
    '<path class="f" d="M7.7 2.7h6.6v6.6H7.7z"/>',
    '<path class="f" d="M11 1.6l4.2 7.4H6.8z"/>',
    '<path class="f" d="M11 .8l3.4 5.2-3.4 5.2L7.6 6z"/>',
    '<path class="f" d="M9.7 2h2.6v2.7H15v2.6h-2.7V10H9.7V7.3H7V4.7h2.7z"/>',
    '<path class="f" d="M11 1l1.3 3.5 3.7.1-2.9 2.3 1 3.6L11 8.5l-3.1 2 1-3.6L6 4.6l3.7-.1z"/>',
    '<path class="f" d="M9.7 11V6.7L6 4.6l1.3-2.2L11 4.5l3.7-2.1L16 4.6l-3.7 2.1V11z"/>',
)


def key(index: int) -> Html:
    """The small line and dot that stand for the optimiser at place `index` in every chart."""
    dash = ("", "6 3", "2 3")[index // COLOURS % 3]
    return Html(
        f'<svg class="key c{index % COLOURS}" width="22" height="12" aria-hidden="true">'
        f'<path d="M1 6H21" stroke-dasharray="{dash}"/>{SHAPES[index % len(SHAPES)]}</svg>'
    )


def lead(reader: Reader) -> Html:
    """What to know before reading the rows."""
    same = reader.choose_by == reader.metric
    said = [
        told(
            "leaderboard.same" if same else "leaderboard.lead",
            metric=reader.metric,
            choose_by=reader.choose_by,
        )
    ]
    if not any(finite(row["mean"]) is not None for row in reader.ranking):
        return both("leaderboard.none")
    if len(reader.groups) == 1:
        said.append(told("leaderboard.only"))
    if reader.seeds < 2:
        said.append(told("leaderboard.one_seed"))
    elif len(reader.ranking) > 1:
        tied = any(row["tied"] for row in reader.ranking)
        said += [told("leaderboard.tied" if tied else "leaderboard.clear"), told("leaderboard.level")]
    if any(place(row).endswith("?") for row in reader.ranking):
        said.append(told("leaderboard.unsure"))
    for name, n in reader.race.get("unmeasured", {}).items():
        said.append(told("leaderboard.unmeasured", metric=name, n=n, runs=len(reader.runs)))
    return sentences(said)


def _all(hyperparameters: Mapping[str, Any]) -> str:
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(short(value, 6))}</dd>" for name, value in hyperparameters.items()
    )
    summary = both("all.hyperparameters")
    return f"<details><summary>{summary}</summary><dl>{items}</dl></details>" if items else ""


def _target(reader: Reader, configuration: Any) -> str:
    known = time_to_target(reader, configuration)
    if not known["reached"]:
        return f'<span class="faint">{both("not_reached")}</span>'
    seeds = both("reached", reached=known["reached"], total=known["total"])
    steps = both("steps", n=count(known["steps"]))
    return f"{each(duration(known['seconds']))}<small>{steps} · {seeds}</small>"


def leaderboard(reader: Reader) -> Html:
    """The table, or nothing when there is nothing to rank."""
    if not reader.ranking:
        return Html("")
    places = list(reader.groups)
    ends = scale(reader.ranking)
    heads = ["rank", "optimizer", None, "interval", "seeds", "setting", "target", "diverged.all"]
    if reader.target is None:
        heads.remove("target")
    name = {at: metric_name(at, reader.metric) for at in LANGUAGES}
    columns = "".join(
        f'<th scope="col"{"" if h in ("optimizer", "setting", "interval") else " class=num"}>'
        f"{both(f'column.{h}') if h else each(name)}</th>"
        for h in heads
    )
    body = []
    for position, row in enumerate(reader.ranking):
        c = row["configuration"]
        group = reader.group(c)
        series = places.index(group)
        given = reader.configurations[c]
        varied = setting(reader.setting(c))
        chosen = f"<code>{escape(varied)}</code>" if varied else both("facts.defaults")
        known = finite(row["mean"]) is not None
        badge = f'<span class="tied">{both("tied")}</span>' if known and row["tied"] else ""
        diverged, total = reader.diverged(reader.groups[group])
        cells = [
            f'<td class="num rank">{escape(place(row).rstrip("=") if known else DASH)}</td>',
            f'<th scope="row">{key(series)}{escape(group)}{badge}</th>',
            f'<td class="num mean">{metric(reader.metric, row["mean"])}</td>',
            f'<td class="range">{whisker(row, ends, series % COLOURS)}'
            f"<small>{interval(reader.metric, row['low'], row['high']) if row['n'] > 1 else ''}</small></td>",
            f'<td class="num">{escape(row["n"])}</td>',
            f"<td>{chosen}{_all(row.get('hyperparameters') or given.get('hyperparameters') or {})}</td>",
            f'<td class="num">{_target(reader, c)}</td>' if reader.target is not None else "",
            f'<td class="num">{both("of", part=diverged, whole=total)}</td>',
        ]
        first = ' class="first"' if position == 0 and known else ""
        body.append(f"<tr{first}>{''.join(cells)}</tr>")
    return Html(f'<table class="leaderboard"><thead><tr>{columns}</tr></thead><tbody>{"".join(body)}</tbody></table>')
