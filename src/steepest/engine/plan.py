"""How wide a lane runs: the layout that wastes least, given the runs and what fits in the machine's caches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..core.spec import Layout

__all__ = ["CACHE_BYTES", "MOST_WIDTH", "lay_out"]

CACHE_BYTES = 10 << 20  # of parameters, their gradient and the optimizer's state, for the runs of one device
MOST_WIDTH = 1024
SLAB_OVERHEAD, ROW_OVERHEAD = (
    0.25,
    0.5,
)  # of a dispatch and of a batch, in runs: among equals, fewer and wider


def lay_out(seeds: Sequence[int], bytes_per_run: int, devices: int, width: int | None = None) -> Layout:
    """The layout for a lane whose runs have these seeds (one entry a run).

    `bytes_per_run` is what one run touches in a step; a device holds as many runs at once as fit in CACHE_BYTES.
    A `width` that is given is taken: then the program, and every run's bits, do not depend on who else races.
    """
    if width is not None:
        return Layout(devices, devices, width, vectorised=True)
    most = max(1, min(MOST_WIDTH, CACHE_BYTES // max(1, bytes_per_run)))
    counts = list(Counter(seeds).values())
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
