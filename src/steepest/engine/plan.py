"""How a lane runs: the layout that wastes least, given the runs and what fits in the machine's caches.

Small networks run side by side, as many as fit: the cost of a step is overhead, which they share. A network whose own
matrix products fill a core runs one after another, each through a whole chunk, so that its parameters and the
optimizer's state stay in that core's cache; then its numbers do not even depend on a width. A run alone splits its
batches over the devices where that pays: where a weight is used many times a sample, in convolutions and recurrence,
so that there is much to compute for each gradient that has to be added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..core.spec import Layout

__all__ = ["ALONE_BYTES", "CACHE_BYTES", "MOST_ROWS", "MOST_WIDTH", "lay_out", "parts"]

CACHE_BYTES = 10 << 20  # of parameters and the optimizer's state, for the runs of one device
ALONE_BYTES = 400 << 10  # of one run: above, side by side is no faster
MOST_WIDTH, MOST_ROWS = 1024, 8
LEAST_SAMPLES, LEAST_USES = 32, 4  # of a batch on a device; of a weight by a sample: what splitting asks for
SLAB_OVERHEAD, ROW_OVERHEAD = 0.25, 0.5  # of a dispatch and of a batch, in runs: among equals, fewer and wider


def lay_out(
    seeds: Sequence[int],
    bytes_per_run: int,
    devices: int,
    width: int | None = None,
    most: int | None = None,
    parts: int = 1,
) -> Layout:
    """The layout for a lane whose runs have these seeds (one entry a run).

    `bytes_per_run` is what one run touches in a step. A `width` that is given is taken: then the program, and every
    run's bits, do not depend on who else races; 1 is one after another. `most` is how many side by side on a device
    are known to be fastest; None goes by the caches. `parts` is over how many devices a run alone may split a batch.
    """
    if most is None:
        most = 1 if bytes_per_run >= ALONE_BYTES else max(1, CACHE_BYTES // max(1, bytes_per_run))
    if width is None and len(seeds) == 1 and parts > 1:
        return Layout(parts, 1, 1, vectorised=False, split=True)
    if (width or most) == 1 or (width is None and len(seeds) == 1):
        return _one_after_another(len(seeds), devices)
    if width is not None:
        return Layout(devices, devices, width, vectorised=True)
    return _side_by_side(list(Counter(seeds).values()), min(MOST_WIDTH, most), devices)


def parts(batch: int, uses: float, devices: int) -> int:
    """Over how many devices to split a batch whose every sample uses a weight `uses` times; 1 is not to."""
    if uses < LEAST_USES:
        return 1
    fits = (n for n in range(devices, 1, -1) if batch % n == 0 and batch // n >= LEAST_SAMPLES)
    return next(fits, 1)


def _one_after_another(runs: int, devices: int) -> Layout:
    used = min(devices, runs)
    slabs = -(-runs // (used * MOST_ROWS))
    return Layout(used, used * -(-runs // (used * slabs)), 1, vectorised=False)


def _side_by_side(counts: Sequence[int], most: int, devices: int) -> Layout:
    """`counts` runs of each seed, at most `most` of all on a device at once."""
    best: tuple[float, Layout] | None = None
    for width in range(1, min(most, max(counts)) + 1):
        rows = sum(-(-n // width) for n in counts)
        used = min(devices, rows)
        beside = max(1, min(most // width, -(-rows // used)))
        slabs = -(-rows // (used * beside))
        cost = slabs * (beside * (width + ROW_OVERHEAD) + SLAB_OVERHEAD)
        if best is None or cost <= best[0]:
            best = cost, Layout(used, used * beside, width, vectorised=True)
    assert best is not None
    return best[1]
