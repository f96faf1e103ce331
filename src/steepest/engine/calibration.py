"""How many runs side by side are fastest here: a few steps of the real program, timed at a few widths.

The widths go up by fours from 1 (one run after another) and stop when two in a row have been slower than the best.
"""

from __future__ import annotations

import time

import jax
import numpy as np

from ..core.spec import Layout
from .chunks import Chunks
from .lane import Data, Lane, place
from .plan import lay_out
from .rules import Rules
from .slabs import Slots

__all__ = ["WIDTHS", "measure"]

WIDTHS = (1, 4, 16, 64, 256, 1024)
MOST_BYTES = 64 << 20  # of a device's runs; far beyond any cache
STEPS, REPEATS = 16, 3


def measure(
    rules: Rules, numbers: dict[str, float], data: Data, batch_size: int, bytes_per_run: int, devices: int
) -> dict[int, float]:
    """Width -> seconds a run-step, the best of REPEATS, with all devices at work.

    `numbers` are those of any one run of the lane.
    """
    found: dict[int, float] = {}
    slower = 0
    for width in WIDTHS:
        if width > 1 and (width * bytes_per_run > MOST_BYTES or slower == 2):
            break
        layout = lay_out([0] * (width * devices), bytes_per_run, devices, width)
        best = min(found.values(), default=float("inf"))
        found[width] = _seconds(rules, numbers, data, batch_size, layout)
        slower = slower + 1 if found[width] > best else 0
    return found


def _seconds(rules: Rules, numbers: dict[str, float], data: Data, batch_size: int, layout: Layout) -> float:
    samples = len(data.train[0])
    # two chunks' worth of steps, so that none of those timed is the last and ends with the test split
    chunks = Chunks((REPEATS + 2) * STEPS, -(-samples // batch_size), STEPS, 1, STEPS)
    lane = Lane(rules, layout, chunks, batch_size, tuple(numbers))
    placed = place(data, lane.mesh)
    lane.compile(placed)
    shape = layout.rows, layout.width
    slots = Slots(
        np.arange(np.prod(shape)).reshape(shape),
        {name: np.full(shape, value, np.float32) for name, value in numbers.items()},
        np.zeros(layout.rows, np.uint32),
    )
    order = np.random.default_rng(0).integers(samples, size=(layout.rows, STEPS, batch_size), dtype=np.int32)
    state = lane.init(slots)
    taken = []
    for chunk in range(REPEATS + 1):  # the first one warms up
        started = time.perf_counter()
        state, report = lane.advance(state, slots, order, placed, chunk, evaluate=False)
        jax.block_until_ready(report)
        taken.append(time.perf_counter() - started)
    return min(taken[1:]) / (STEPS * layout.rows * layout.width)
