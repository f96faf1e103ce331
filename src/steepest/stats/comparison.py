"""Which entries of a table differ from its best one, with one error rate for the whole table.

The table has a row an entry and a column a seed. The leader is the entry with the best mean, of those with two seeds
or more, so it is chosen by the same numbers that are tested; every other of those is then compared with it:

    T = (mean of the leader − mean of the entry, over their common seeds) / √((v_leader + v_entry) / common seeds)

Seeds are blocks: what a seed does to all entries alike (data order, first draw) is taken out, as the median over the
entries. v is what then varies from seed to seed in an entry, or a little more than the median of that over the table,
whichever is more: three seeds borrow the table's spread, and an entry wilder than the others neither hides nor makes a
difference.

p is how often, in tables of nothing but normal noise with the same gaps, put through this very procedure, some
entry is that far behind its leader. So the choice of the leader and the number of entries are paid for, and "told
apart" is wrong in at most 5 % of tables of equal entries. The intervals of the differences hold together, at the
same level. Two entries: Student's paired test. The figures, and those of what did worse (Holm's and Tukey's
procedures among them), are in benchmarks/statistics.py.

What varies is the seed: "told apart" is said of this test split, not of other samples. Values that seeds do not move
are told apart by any difference, with an interval of no width, but not by one that is of the size of rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .intervals import LEVEL

__all__ = ["FLOOR", "Differences", "critical", "differences", "noise", "study"]

FLOOR = 1.1  # medians; more would gain power, and let entries of unequal spread be told apart by chance
TABLES, FEWEST = 20_000, 4_000  # of noise; divided by 20, as the level asks
ROUNDING = 1e-6  # relative; what float32 may set apart
NUMBERS = 4_000_000  # that all tables of noise together may hold before there are fewer of them
AT_ONCE = 250_000


@dataclass(frozen=True)
class Differences:
    """Each entry's mean minus the leader's, [entries]; NaN where fewer than two common seeds can tell."""

    leader: int
    mean: np.ndarray
    low: np.ndarray  # the interval holds for all entries together
    high: np.ndarray
    p: np.ndarray  # adjusted for all of them, and for the choice of the leader; NaN for the leader itself


def study(
    tables: np.ndarray, known: np.ndarray, leaders: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of tables [r, entries, seeds]: their leaders [r], how far each entry lags behind and the standard error of that.

    `known` [entries, seeds] says which cells hold a number (two or more a row, one or more a column). More is better.
    `leaders` are given where means were summed more exactly. The error is infinite where leader and entry have fewer
    than two seeds in common.
    """
    counts, every = known.sum(1), np.arange(len(tables))
    x = np.where(known, tables, 0.0)
    leaders = (x.sum(2) / counts).argmax(1) if leaders is None else leaders
    seed = np.zeros((len(x), 1, x.shape[2]))
    for _ in range(1 if known.all() else 4):  # with gaps, seeds and entries are entangled; a few turns settle them
        rest = x - np.where(known, x - seed, 0.0).sum(2, keepdims=True) / counts[:, None]
        seed = np.stack([np.median(rest[:, column, j], 1) for j, column in enumerate(known.T)], 1)[:, None]
    rest = np.where(known, x - seed, 0.0)
    rest = np.where(known, rest - rest.sum(2, keepdims=True) / counts[:, None], 0.0)
    spread = (rest**2).sum(2) / (counts - 1)
    spread = np.maximum(spread, FLOOR * np.median(spread, 1, keepdims=True))
    common = (known @ known.T.astype(int))[leaders]
    theirs = (x * known[leaders][:, None]).sum(2)
    ours = (x[every, leaders][:, None] * known).sum(2)
    shared = np.maximum(common, 1)
    error = np.sqrt((spread[every, leaders][:, None] + spread) / shared)
    lag = ours - theirs
    lag = np.where(np.abs(lag) <= ROUNDING * np.maximum(np.abs(ours), np.abs(theirs)), 0.0, lag)
    return leaders, lag / shared, np.where(common > 1, error, np.inf)


def _ratio(lag: np.ndarray, error: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(lag / error, nan=0.0, posinf=np.inf, neginf=-np.inf)


@lru_cache(maxsize=64)
def _noise(cells: bytes, entries: int) -> np.ndarray:
    known = np.frombuffer(cells, bool).reshape(entries, -1)
    number = int(np.clip(NUMBERS // known.size // 20 * 20, FEWEST, TABLES)) - 1
    draw, step = np.random.default_rng(0), max(1, AT_ONCE // known.size)
    sizes = [min(step, number - start) for start in range(0, number, step)]
    largest = [_ratio(*study(draw.standard_normal((n, *known.shape)), known)[1:]).max(1) for n in sizes]
    return np.sort(np.concatenate(largest))


def noise(known: np.ndarray) -> np.ndarray:
    """The largest T of each of many tables of noise with these gaps, in ascending order; the same at every call."""
    return _noise(np.ascontiguousarray(known, bool).tobytes(), len(known))


def critical(known: np.ndarray) -> float:
    """The T beyond which an entry is told apart: p ≤ 5 % says the same."""
    largest = noise(known)
    return float(largest[-round((1 - LEVEL) * (len(largest) + 1))])


def differences(table: np.ndarray, higher: bool = True) -> Differences:
    """Compare the entries of `table` [entries, seeds] with their best; NaN marks a seed without a result.

    An entry with fewer than two results takes no part. `higher` says whether more is better.
    """
    signed = table if higher else -table
    known = np.isfinite(signed)
    mean, low, high, p = (np.full(len(table), np.nan) for _ in range(4))
    means = [
        math.fsum(row[here]) / here.sum() if here.sum() > 1 else -np.inf
        for row, here in zip(signed, known, strict=True)
    ]
    best, able = int(np.argmax(means)), np.flatnonzero(known.sum(1) > 1)
    if len(able) > 1:
        seeds = np.flatnonzero(known[able].any(0))
        some = known[np.ix_(able, seeds)]
        _, (lag,), (error,) = study(signed[np.ix_(able, seeds)][None], some, np.flatnonzero(able == best))
        told, largest = np.isfinite(error), noise(some)
        half = critical(some) * np.where(told, error, 0.0)
        centre = (-lag if higher else lag) + 0.0
        mean[able], low[able], high[able] = np.where(told, [centre, centre - half, centre + half], np.nan)
        above = len(largest) - np.searchsorted(largest, _ratio(lag, error))
        p[able] = np.where(told, (1 + above) / (1 + len(largest)), np.nan)
        mean[best], low[best], high[best], p[best] = 0, 0, 0, np.nan
    return Differences(best, mean, low, high, p)
