"""What `steepest list NAME` tells of one name: formula, source and what can be set, from where it is defined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["about"]


def about(kind: str, name: str) -> str:
    """The text on `name`, one of the list of that kind."""
    return _KINDS[kind](name)


def _doc(thing: Any) -> str:
    return (thing.__doc__ or "").strip()


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)


def _optimizer(name: str) -> str:
    from ..optimizers.registry import OPTIMIZERS

    module = OPTIMIZERS.module(name)
    dialects: dict[str, dict[str, Any]] = module.DIALECTS
    keys = dict.fromkeys(key for defaults in dialects.values() for key in defaults)
    rows = [[key, *(_number(defaults.get(key, "-")) for defaults in dialects.values())] for key in keys]
    table = _columns([["dialect", *dialects], *rows])
    told = f"{name}:learning_rate=1e-4..1:9,dialect={list(dialects)[-1]}"
    return f"{_doc(module)}\n\n{table}\n\nsteepest race mnist-mlp -o {told}"


def _schedule(name: str) -> str:
    from ..schedules.parsing import options
    from ..schedules.registry import SCHEDULES

    rows = [[key, "the run's length" if value is None else _number(value)] for key, value in options(name).items()]
    table = _columns([["key", "default"], *rows]) if rows else "It has no keys."
    told = {"warmup": "warmup+cosine", "reduce_on_plateau": "constant+reduce_on_plateau"}.get(name, name)
    text = f"{_doc(SCHEDULES.module(name))}\n\n{_doc(SCHEDULES.load(name))} Times are in epochs."
    return f"{text}\n\n{table}\n\nsteepest race mnist-mlp --schedule {told}"


def _workload(name: str) -> str:
    from ..core.errors import Unavailable
    from ..racing.estimate import parameters
    from ..workloads.registry import WORKLOADS

    one = WORKLOADS.load(name)
    try:
        splits = one.data()
        samples = f"{len(splits.train):,} + {len(splits.validation):,} + {len(splits.test):,}"
    except Unavailable as error:
        samples = f"not here: {error}"
    rows = [
        ["train + validation + test", samples],
        ["parameters", f"{parameters(one):,}"],
        ["optimizers", ", ".join(one.optimizers)],
        ["learning rates", ", ".join(map(_number, one.learning_rates))],
        ["schedule", one.schedule],
        ["batch size", f"{one.batch_size:,}"],
        ["epochs", _number(one.epochs)],
        ["scaling", one.scaling],
        ["metrics", ", ".join(one.metrics)],
        *([["target", f"test {one.target.metric} {one.target.value:g}"]] if one.target else []),
    ]
    return f"{_doc(WORKLOADS.module(name))}\n\n{_columns(rows)}\n\nsteepest race {name}"


def _surface(name: str) -> str:
    from ..surfaces.registry import SURFACES

    one = SURFACES.load(name)()
    (left, right), (low, high) = one.domain
    rows = [
        ["formula", one.formula],
        ["x, y", f"{left:g} … {right:g}, {low:g} … {high:g}"],
        ["start", f"{one.start[0]:g}, {one.start[1]:g}"],
        ["minima", "; ".join(f"{x:.6g}, {y:.6g}" for x, y in one.minima) or "none"],
    ]
    return f"{_doc(SURFACES.module(name))}\n\n{_columns(rows)}\n\nsteepest race surface:{name}"


def _initialiser(name: str) -> str:
    from ..nn import initialisers

    return f"{_doc(initialisers)}\n\nsteepest race mnist-mlp --init {name}"


def _scaling(name: str) -> str:
    from ..data import scaling

    return f"{_doc(scaling)}\n\nsteepest race mnist-mlp --scaling {name}"


_KINDS: dict[str, Callable[[str], str]] = {
    "workloads": _workload,
    "surfaces": _surface,
    "optimizers": _optimizer,
    "schedules": _schedule,
    "initialisers": _initialiser,
    "scalings": _scaling,
}
