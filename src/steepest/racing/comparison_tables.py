"""A comparison of races as text, CSV or LaTeX.

One race: a row an entry, how far it is behind the leader, with interval and p. Several: a row an entry, a column a race
with its mean and interval, = where the leader is not told apart. CSV is the same with every number, a line an entry and
race.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..view.numbers import is_share, place, varied_text

__all__ = ["FORMS", "Table"]

COLUMNS = """race workload optimizer configuration rank tied metric mean low high n diverged
difference difference_low difference_high p""".split()
DASH, MINUS = "–", "−"
LATEX = {"–": "--", "−": "$-$", "…": r"\dots{}", "<": "$<$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
LATEX |= {c: rf"\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}"}


@dataclass(frozen=True)
class Table:
    """The names of the races, and their rows (`Comparison.rows`)."""

    races: Sequence[str]
    rows: Sequence[dict[str, Any]]

    @property
    def one(self) -> bool:
        """Whether a single race is compared within itself."""
        return len(self.races) == 1


def _number(row: dict[str, Any], key: str, signed: bool = False) -> str:
    value = row[key]
    if value is None:
        return DASH
    text = f"{value:+.4f}" if is_share(row["metric"]) else f"{value:+.4g}"
    return (text if signed else text.removeprefix("+")).replace("-", MINUS)


def _interval(row: dict[str, Any], key: str = "", signed: bool = False) -> str:
    low, high = (_number(row, f"{key}{end}", signed) for end in ("low", "high"))
    return DASH if DASH in (low, high) else f"{low} … {high}"


def _p(row: dict[str, Any]) -> str:
    p = row["p"]
    return "" if p is None else f"{p:.4f}" if p >= 0.0001 else "< 0.0001"


def _named(metric: str) -> str:
    return metric.replace("_", " ")


def _cells(table: Table) -> list[list[str]]:
    """Heads and rows as they are read."""
    if table.one:
        metric = table.rows[0]["metric"] if table.rows else ""
        heads = ["", "optimizer", "setting", _named(metric), "− leader", "95 % interval", "p"]
        return [heads] + [
            [place(r), r["optimizer"], varied_text(r["varied"]), _number(r, "mean"), *_behind(r)] for r in table.rows
        ]
    by_race = {name: {r["optimizer"]: r for r in table.rows if r["race"] == name} for name in table.races}
    entries = dict.fromkeys(r["optimizer"] for r in table.rows)
    metrics = {r["race"]: _named(r["metric"]) for r in table.rows}
    heads = ["optimizer", *(f"{name}: {metrics[name]}" for name in table.races)]
    return [heads] + [[entry, *(_cell(by_race[name].get(entry)) for name in table.races)] for entry in entries]


def _behind(row: dict[str, Any]) -> list[str]:
    if row["rank"] == 1:
        return ["", "", ""]
    return [_number(row, "difference", True), _interval(row, "difference_", True), _p(row)]


def _cell(row: dict[str, Any] | None) -> str:
    """`2= 0.9712 (0.9690 … 0.9734)`; nothing where an entry did not race."""
    if row is None:
        return ""
    ends = "" if row["low"] is None else f" ({_interval(row)})"
    return f"{place(row)} {_number(row, 'mean')}{ends}"


def _notes(table: Table) -> list[str]:
    notes = []
    if any(row["tied"] for row in table.rows):
        notes.append("= not told apart from the leader (common seeds, 5 % for the whole table)")
    if any(place(row).endswith("?") for row in table.rows):
        notes.append("? too few seeds in common with the leader to tell")
    if table.one and any(row["p"] is not None for row in table.rows):
        notes.append(
            "differences over common seeds; their intervals and p hold for all rows and the choice of the leader"
        )
    if not table.one:
        notes.append("rank, mean over seeds and its 95 % interval, each optimizer at the setting that validation chose")
    if all(row["n"] < 2 for row in table.rows):
        notes.append("one seed: nothing can be compared; race with --seeds 3 or more")
    return notes


def text(table: Table) -> str:
    """Aligned columns, then what the marks mean."""
    cells = _cells(table)
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    words = {"optimizer", "setting"}
    lines = [
        "  ".join(
            cell.ljust(width) if head in words else cell.rjust(width)
            for cell, width, head in zip(row, widths, cells[0], strict=True)
        ).rstrip()
        for row in cells
    ]
    return "\n".join([*lines, *_notes(table)]) + "\n"


def csv_text(table: Table) -> str:
    """A line an entry and race, each number in full; what is not known is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "setting"])
    for row in table.rows:
        writer.writerow([*(row[name] for name in COLUMNS), varied_text(row["varied"])])
    return out.getvalue()


def _tex(cell: str) -> str:
    return "".join(LATEX.get(c, c) for c in cell)


def latex(table: Table) -> str:
    """A `tabular` with booktabs' rules; the notes are comments above it."""
    heads, *rows = _cells(table)
    columns = "".join("l" if head in ("optimizer", "setting") else "r" for head in heads)
    lines = [f"% {note}" for note in _notes(table)]
    lines += [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", " & ".join(map(_tex, heads)) + r" \\", r"\midrule"]
    lines += [" & ".join(map(_tex, row)) + r" \\" for row in rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"]) + "\n"


FORMS: dict[str, Callable[[Table], str]] = {"text": text, "csv": csv_text, "latex": latex}
