"""`steepest list`: the names that there are."""

from __future__ import annotations

import click

from ..core.registry import unknown

__all__ = ["command"]

KINDS = ("workloads", "surfaces", "optimizers", "schedules", "initialisers", "scalings")


def _lines(kind: str) -> list[tuple[str, str]]:
    """(name, a line about it) of each."""
    if kind == "workloads":
        from ..workloads.registry import WORKLOADS

        return [(name, WORKLOADS.load(name).title.get("en", "")) for name in WORKLOADS]
    if kind == "surfaces":
        from ..surfaces.registry import SURFACES

        return [(name, SURFACES.load(name)().formula) for name in SURFACES]
    if kind == "optimizers":
        from ..optimizers.registry import OPTIMIZERS

        return [(name, ", ".join(OPTIMIZERS.module(name).DIALECTS)) for name in OPTIMIZERS]
    if kind == "schedules":
        from ..schedules.parsing import options
        from ..schedules.registry import SCHEDULES

        return [(name, ", ".join(options(name))) for name in SCHEDULES]
    if kind == "initialisers":
        from ..nn.initialisers import DEFAULT_SCALES

        return [(name, f"scale {scale:g}") for name, scale in DEFAULT_SCALES.items()]
    from ..data.scaling import SCALINGS

    return [(name, "") for name in SCALINGS]


@click.command("list")
@click.argument("kind", required=False, metavar="[workloads|surfaces|optimizers|schedules|initialisers|scalings]")
def command(kind: str | None) -> None:
    """List workloads, surfaces (with formulas), optimizers (dialects), schedules (keys), initialisers, scalings."""
    if kind is not None and kind not in KINDS:
        raise unknown("list", kind, KINDS)
    for one in (kind,) if kind else KINDS:
        if kind is None:
            print(f"{one}:")
        lines = _lines(one)
        width = max(len(name) for name, _ in lines)
        for name, about in lines:
            print(f"{'  ' if kind is None else ''}{name:<{width}}  {about}".rstrip())
