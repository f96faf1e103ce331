"""The table of every configuration, as markup that needs no JavaScript; with it, the heads sort and a field
filters. Settings stand in the order in which they are chosen; the test metric is given of the chosen ones alone.
"""

from __future__ import annotations

from typing import Any

from .leaderboard import COLOURS
from .numbers import count, interval, metric, setting, short
from .race import Reader
from .times import time_to_target
from .words import LANGUAGES, Html, both, each, escape, metric_name

__all__ = ["LARGEST", "MOST_COLUMNS", "configurations"]

LARGEST = 280_000  # characters of rows
MOST_COLUMNS = 5  # of what varied; the rest share one


def _varied(reader: Reader) -> list[str]:
    seen = dict.fromkeys(name for c in reader.configurations.values() for name in c.get("varied") or {})
    return sorted(seen, key=lambda name: name != "learning_rate")


def _rows(reader: Reader) -> list[dict]:
    ranked = list(reader.race.get("all", ()))
    known = {row["configuration"] for row in ranked}
    blank = {"rank": None, "mean": None, "low": None, "high": None, "n": 0}
    return ranked + [{**blank, "configuration": c} for c in reader.configurations if c not in known]


def _row(reader: Reader, row: dict, columns: list[str], rest: list[str], place: dict[str, int], chosen: dict) -> str:
    c = row["configuration"]
    group, varied = reader.group(c), reader.configurations[c].get("varied") or {}
    diverged, total = reader.diverged([c])
    cells = [
        f"<td>{short(row['rank'])}",
        f"<th scope=row><i class=c{place[group] % COLOURS}></i>{escape(group[:80])}",
        *(f"<td>{escape(short(varied[name], 4)[:80]) if name in varied else ''}" for name in columns),
    ]
    if rest:
        cells.append(f"<td>{escape(setting({n: varied[n] for n in rest if n in varied})[:120])}")
    cells += [
        f"<td>{metric(reader.choose_by, row['mean'])}",
        f"<td>{interval(reader.choose_by, row['low'], row['high']) if row['n'] > 1 else '–'}",
    ]
    if reader.choose_by != reader.metric:
        cells.append(f"<td>{metric(reader.metric, chosen[c]) if c in chosen else ''}")
    cells.append(f"<td>{row['n']}")
    if reader.target is not None:
        known = time_to_target(reader, c)
        cells.append(f"<td>{count(known['steps'])}")
    cells.append(f"<td>{diverged}/{total}")
    return f"<tr{' class=dead' if total and diverged == total else ''}>{''.join(cells)}"


def configurations(reader: Reader) -> tuple[Html, int, int]:
    """The table, how many rows it holds, and how many there are: it stops at LARGEST characters."""
    rows = _rows(reader)
    if not rows:
        return Html(""), 0, 0
    varied = _varied(reader)
    columns, rest = varied[:MOST_COLUMNS], varied[MOST_COLUMNS:]

    def named(name: str) -> Any:
        return each({at: metric_name(at, name) for at in LANGUAGES})

    heads: list[Any] = [both("column.rank"), both("column.optimizer")]
    heads += [Html(f"<code>{escape(name)}</code>") for name in columns]
    heads += [both("column.settings")] if rest else []
    heads += [named(reader.choose_by), both("column.interval")]
    heads += [named(reader.metric)] if reader.choose_by != reader.metric else []
    heads += [both("column.seeds")]
    heads += [both("column.steps")] if reader.target is not None else []
    heads += [both("column.diverged")]
    place = {name: i for i, name in enumerate(reader.groups)}
    chosen = {row["configuration"]: row["mean"] for row in reader.ranking}
    body, size = [], 0
    for row in rows:
        text = _row(reader, row, columns, rest, place, chosen)
        size += len(text)
        if size > LARGEST:
            break
        body.append(text)
    head = "".join(f'<th scope="col">{h}</th>' for h in heads)
    table = f'<table class="all" id="all"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    return Html(table), len(body), len(rows)
