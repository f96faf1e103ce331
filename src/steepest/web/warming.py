"""What the lab's worker does before it is asked: import JAX and compile the surfaces page's first race."""

from __future__ import annotations

import time
from contextlib import suppress

__all__ = ["GRACE_S", "warm"]

GRACE_S = 0.4  # left to the first page: importing would hold up what it needs
FIRST = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")


def warm() -> None:
    """Import and compile. A fault here is met again, and told, by whoever asks first."""
    time.sleep(GRACE_S)
    with suppress(Exception):
        from ..engine.devices import prepare

        prepare()
        from ..racing.descent import descend
        from ..surfaces.loading import surface

        descend(surface("saddle"), list(FIRST), steps=200)
