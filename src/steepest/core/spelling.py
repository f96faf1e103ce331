"""The name that was meant, when what was written is near one: fewest insertions, deletions, changes and swaps.

Swapping two neighbours is one slip (Damerau 1964), so `adma` is nearer to adam than to adamax. No JAX here.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest", "slips"]


def slips(one: str, other: str) -> int:
    """The optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        two_before, before, row = before, row, [i + 1]
        for j, b in enumerate(other):
            row.append(min(before[j] + (a != b), before[j + 1] + 1, row[j] + 1))
            if i and j and a == other[j - 1] and b == one[i - 1]:
                row[-1] = min(row[-1], two_before[j - 1] + 1)
    return row[-1]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The name among `known` that `name` is nearest to, or None when it is near none: two slips, or a third."""
    near = get_close_matches(name, list(known), n=8, cutoff=0.6)  # the most alike first
    near = [one for one in near if slips(name.lower(), one.lower()) <= max(2, len(name) // 3)]
    return min(near, key=lambda one: slips(name, one), default=None)
