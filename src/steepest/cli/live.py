"""The live display of a race, on stderr: a panel that redraws itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..core.interruption import ending
from ..core.language import reader
from ..core.status import Status
from .numbers import metric_text

if TYPE_CHECKING:
    from ..racing.progress import Progress

__all__ = ["Live", "duration"]

LINE_EVERY_S = 10.0
WORDS = {
    "en": {
        "preparing": "preparing …",
        "alive": "{}/{} runs alive",
        "speed": "{:,.0f} steps/s",
        "left": "{} left",
        "compiling": "compiling {} more program{}",
        "ahead": "ahead: ",
        "validation": "validation",
    },
    "zh": {
        "preparing": "准备中……",
        "alive": "{}/{} 次运行未发散",
        "speed": "每秒 {:,.0f} 步",
        "left": "还需 {}",
        "compiling": "还有 {} 个程序在编译",
        "ahead": "领先：",
        "validation": "验证",
    },
}


def duration(seconds: float) -> str:
    """`8 s`, `1 min 20 s`, `2 h 05 min`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def summary(p: Progress) -> str:
    """One line: how far, how fast, how long; the last two once there is a ground for them."""
    say = WORDS[reader()]
    alive = p.runs - p.counted(Status.DIVERGED) - p.counted(Status.STOPPED)
    parts = [f"{100 * p.steps / p.total:3.0f} %", say["alive"].format(alive, p.runs)]
    if p.left_s is not None:
        parts += [say["speed"].format(p.steps_per_s), say["left"].format(duration(p.left_s))]
    if p.compiling:
        parts.append(say["compiling"].format(p.compiling, "s" if p.compiling > 1 else ""))
    return " · ".join(parts)


def leaders(p: Progress, most: int = 8) -> list[str]:
    """The leaders so far, a line each."""
    metric = p.spec.facts["metric"]
    rows = p.leaders()[:most]
    width = max((len(row.label) for row in rows), default=0)
    return [
        f"  {row.label:<{width}}  "
        + (f"lr {row.learning_rate:<10.4g}" if row.learning_rate is not None else "")
        + f"  {WORDS[reader()]['validation']} {metric} {metric_text(metric, row.value)}"
        for row in rows
    ]


class Live:
    """A context in which `update` shows progress; quiet under --json, except on a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        self._tty = sys.stderr.isatty()
        self._quiet = quiet and not self._tty
        self._display: Any = None
        self._stack = ExitStack()
        self._last = float("-inf")
        self._led = False  # whether a line has told of a leader; the first that can is not waited for

    def __enter__(self) -> Live:
        if self._tty:
            from rich.console import Console
            from rich.live import Live as Panel

            self._display = Panel(
                WORDS[reader()]["preparing"], console=Console(stderr=True), transient=True, refresh_per_second=8
            )
            self._stack.enter_context(ending(self._display.stop))
            self._display.start()
        return self

    def update(self, p: Progress) -> None:
        """Show where the race stands."""
        if self._display is not None:
            from rich.text import Text

            done = round(40 * p.steps / p.total)
            bar = "━" * done + "╌" * (40 - done)
            self._display.update(Text("\n".join([f"{bar} {summary(p)}", *leaders(p)])))
        elif not self._quiet:
            due = time.monotonic() - self._last > LINE_EVERY_S
            best = leaders(p, 1) if due or not self._led else []
            if due or best:
                self._last, self._led = time.monotonic(), self._led or bool(best)
                ahead = [f"{WORDS[reader()]['ahead']}{' '.join(best[0].split())}"] if best else []
                print(" · ".join([summary(p), *ahead]), file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if self._display is not None:
            self._display.stop()
