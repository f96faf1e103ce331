"""The life of one side's process: parameters in as JSON, one line of JSON out. Imports no array library.

A script calls `play(measure)` after its imports. `measure(params)` loads the data, starts the clock, works, and
returns at least `seconds`; it may add `accuracy`, `runs` (one dict a run: optimizer, rate, seed, accuracy),
`parameters`, `steps`, `figures` (numbers for the table) and `detail`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["MARK", "peak_mb", "play"]

MARK = "@measured "


def peak_mb() -> float:
    """The most memory that this process has held, in MB (Linux; 0 elsewhere)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def play(measure: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Run `measure` on the parameters of the command line and print what it found."""
    params = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    result: Mapping[str, Any] = {"seconds": 0.0} if params.get("imports_only") else measure(params)
    print(MARK + json.dumps({**result, "peak_mb": round(peak_mb(), 1)}), flush=True)
