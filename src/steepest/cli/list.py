"""`steepest list`: the names that there are, and what there is to tell of one."""

from __future__ import annotations

from importlib import import_module

import click

from ..core.errors import UnknownName
from ..core.spelling import nearest

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


def _names(kind: str) -> list[str]:
    """The names of a kind; nothing of what they stand for is loaded, where that takes time."""
    if kind in ("workloads", "surfaces", "optimizers", "schedules"):
        module = import_module(f"steepest.{kind}.registry")
        return list(getattr(module, kind.upper()))
    return [name for name, _ in _lines(kind)]


@click.command("list")
@click.argument("what", required=False, metavar="[KIND|NAME]")
def command(what: str | None) -> None:
    """List names of workloads, surfaces, optimizers, schedules, initialisers and scalings, or tell of one name.

    \b
    steepest list schedules      all of one kind
    steepest list adam           its formula, and the keys and defaults of each dialect
    """
    if what is not None and what not in KINDS:
        print(_told(what.strip()))
        return
    for one in (what,) if what else KINDS:
        if what is None:
            print(f"{one}:")
        lines = _lines(one)
        width = max(len(name) for name, _ in lines)
        for name, about in lines:
            print(f"{'  ' if what is None else ''}{name:<{width}}  {about}".rstrip())


def _told(name: str) -> str:
    """What there is to tell of `name`. Raises `UnknownName`, with a suggestion when one is near."""
    from .about import about

    kinds = {one: kind for kind in KINDS for one in _names(kind)}
    if name not in kinds:
        near = nearest(name, [*KINDS, *kinds])
        raise UnknownName(f"unknown name {name!r}; " + (f"did you mean {near!r}?" if near else "see steepest list"))
    return about(kinds[name], name)
