"""Ctrl-C (SIGINT) and SIGTERM in a process that is a command: one line, and the process ends wherever it stands.

Python makes of SIGINT an exception in whatever the main thread is doing. In a callback of JAX's or of the garbage
collector it is swallowed, within an import it comes out as another error, and while a program is being compiled it
waits until that is done. So nothing is raised here. A signal wakes a thread, which cleans up what was registered with
`ending`, says one line and leaves with 128 + the signal's number. Nothing is lost by that: a race survives `kill -9`
up to its last chunk, and `resume` makes what came after it once more, to the same bits.

A second signal does not wait for the cleaning. What is ignored from the start (`nohup`, `&`) stays ignored; who
installs a handler of their own, as the lab's server does, is left to it.
"""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from .language import reader

__all__ = ["LINES", "answer_signals", "ending", "leave_with"]

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PATIENCE_S = 1.0  # for cleaning up
LINES = {
    "en": "interrupted; nothing that was recorded is lost",
    "zh": "已中断；记录下来的内容都还在",
}
_SHOW_CURSOR = "\r\x1b[?25h"

_cleaners: list[Callable[[], object]] = []
_held = False
_code: int | None = None  # what the process exits with, when it is done


@contextmanager
def ending(clean: Callable[[], object]) -> Iterator[None]:
    """A context in which a signal that ends the process calls `clean` first, from a thread of its own.

    A text that it returns is said too.
    """
    _cleaners.append(clean)
    try:
        yield
    finally:
        _cleaners.remove(clean)


def answer_signals() -> None:
    """Let signals end this process from now on; call it from the main thread."""
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    threading.Thread(target=_watch, args=(woken,), name="steepest-signals", daemon=True).start()
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)  # written to at once, whatever the main thread is doing
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _hold)
    atexit.register(_ignore)  # first registered, so last called: then Python gives signals back, and they would kill


def leave_with(code: int) -> None:
    """The command is done and all is said: a signal ends the threads that Python would wait for, and not the result."""
    global _code
    _code = code


def _hold(number: int, frame: Any) -> None:
    """Keep the main thread where it is while the watcher ends the process; a second signal ends it at once."""
    global _held
    if _code is not None:
        os._exit(_code)
    if not _held:
        _held = True
        time.sleep(2 * PATIENCE_S)
    os._exit(128 + number)


def _ignore() -> None:
    for number in SIGNALS:
        if signal.getsignal(number) == _hold:
            signal.signal(number, signal.SIG_IGN)


def _watch(woken: int) -> None:
    while True:
        (number,) = os.read(woken, 1)
        if number in SIGNALS and signal.getsignal(number) == _hold:
            _end(number)


def _end(number: int) -> None:
    if _code is not None:
        os._exit(_code)
    said = [LINES[reader()]]
    cleaning = threading.Thread(target=_clean, args=(said,), daemon=True)
    cleaning.start()
    cleaning.join(PATIENCE_S)
    with suppress(OSError):
        line = {"en": "; ", "zh": "；"}[reader()].join(said)
        os.write(2, f"{_SHOW_CURSOR if os.isatty(2) else ''}steepest: {line}\n".encode())
    os._exit(128 + number)


def _clean(said: list[str]) -> None:
    for clean in reversed(_cleaners):
        with suppress(Exception):
            told = clean()
            said += [told] if isinstance(told, str) else []
