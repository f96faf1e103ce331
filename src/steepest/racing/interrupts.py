"""Ctrl-C while a program or a notebook races: a KeyboardInterrupt, but one that comes between two chunks.

Raised wherever the main thread stands, as Python does it, it is lost when that is in a callback of JAX's. Here it is
noted and raised by `check`, a second one at once. Only Python's own handler is replaced, for the time of the race: in
another thread, or where SIGINT is answered otherwise (the command line does), nothing changes.
"""

from __future__ import annotations

import signal
import threading
from types import TracebackType
from typing import Any

__all__ = ["Interrupts"]


class Interrupts:
    """A context in which SIGINT is raised by `check`, at the latest when it ends."""

    def __init__(self) -> None:
        self.noted = self._ours = False

    def check(self) -> None:
        """Raise KeyboardInterrupt if it was asked for."""
        if self.noted:
            raise KeyboardInterrupt

    def __enter__(self) -> Interrupts:
        main = threading.current_thread() is threading.main_thread()
        self._ours = main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._ours:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if error is None:
            self.check()

    def _note(self, number: int, frame: Any) -> None:
        if self.noted:
            raise KeyboardInterrupt
        self.noted = True
