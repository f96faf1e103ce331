"""Progress in a Jupyter notebook: one output that is updated in place, by IPython alone."""

from __future__ import annotations

import sys
import time
from typing import Any

from ..core.language import reader
from ..core.status import Status
from ..view.durations import duration
from ..view.numbers import count, metric, short
from ..view.words import Html, escape, metric_name, say
from .progress import Progress

__all__ = ["Shown", "in_notebook"]

EVERY_S = 0.2
MOST_LEADERS = 8


def in_notebook() -> bool:
    """Is this a Jupyter kernel? One that was started has imported IPython, so nothing is imported here."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"


class Shown:
    """A `progress` that shows where a race stands: a bar, a line, and the leaders so far."""

    def __init__(self) -> None:
        self._output: Any = None
        self._last = float("-inf")

    def __call__(self, p: Progress) -> None:
        """Show where the race stands; often called, seldom drawn."""
        now = time.monotonic()
        if now - self._last < EVERY_S and p.steps < p.total:
            return
        from IPython.display import HTML, display

        self._last = now
        shown = HTML(html(p, reader()))
        if self._output is None:
            self._output = display(shown, display_id=True)
        else:
            self._output.update(shown)


def html(p: Progress, lang: str) -> Html:
    """Where the race stands, in one language."""
    name = f"validation_{p.spec.facts['metric']}"
    alive = p.runs - p.counted(Status.DIVERGED) - p.counted(Status.STOPPED)
    said = [
        f"{100 * p.steps / p.total:.0f} %",
        say(lang, "live.alive", alive=count(alive), runs=count(p.runs)),
        say(lang, "live.speed", n=count(p.steps_per_s)),
    ]
    if p.steps == p.total:
        said.append(duration(p.elapsed_s)[lang])
    elif p.left_s is not None:
        said.append(say(lang, "live.left", left=duration(p.left_s)))
    rows = "".join(
        f'<tr><td style="text-align:left">{escape(row.label)}</td><td style="text-align:left">'
        f"{escape(short(row.learning_rate)) if row.learning_rate is not None else ''}</td>"
        f"<td>{metric(name, row.value)}</td></tr>"
        for row in p.leaders()[:MOST_LEADERS]
    )
    heads = (say(lang, "column.optimizer"), say(lang, "live.rate"), escape(metric_name(lang, name)))
    head = "".join(f'<th style="text-align:left">{text}</th>' for text in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    bar = f'<progress value="{p.steps}" max="{p.total}" style="width:20em;vertical-align:middle"></progress>'
    return Html(f'<div lang="{lang}">{bar} {" · ".join(map(escape, said))}{table}</div>')
