"""What the lab's worker does before it is asked: import JAX and compile the surfaces page's first race."""

from __future__ import annotations

from contextlib import suppress
from threading import Event

__all__ = ["GRACE_S", "warm"]

GRACE_S = 1.5  # left to the first page, unless it asks for more: importing would hold up what it needs
FIRST = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")


def warm(wanted: Event) -> None:
    """Import and compile, once it is `wanted` or the first page is open. Whoever asks first is told of a fault."""
    wanted.wait(GRACE_S)
    with suppress(Exception):
        from ..engine.devices import prepare

        prepare()
        from ..racing.descent import descend
        from ..surfaces.loading import surface

        descend(surface("saddle"), list(FIRST), steps=200)
