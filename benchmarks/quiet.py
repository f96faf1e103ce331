"""Is the machine at rest? Timings taken beside other work say little, so a run of the benchmarks says what it found."""

from __future__ import annotations

import os
import sys
import time

__all__ = ["BUSY", "settle"]

BUSY = 0.5  # load average of the last minute above which others are at work


def settle(wait_s: float = 0.0, limit: float = BUSY) -> float:
    """Wait up to `wait_s` for the load average to fall below `limit`; warn when it has not; return it."""
    started = time.monotonic()
    while (load := os.getloadavg()[0]) > limit and time.monotonic() - started < wait_s:
        time.sleep(2)
    if load > limit:
        print(f"warning: the load average is {load:.2f}, above {limit:g}: timings will be noisy", file=sys.stderr)
    return load
