"""How a command line writes what a race has: axes, schedules, optimizer entries, and the option that each goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.axes import parse_axis

__all__ = ["axis_text", "entry_text", "option", "schedule_text"]

PREFIX = "schedule."
OPTIONS = {"learning_rate": "--lr"}
SHARED = ("batch_size", "init_scale", "l1", "l2", "keep_prob")


def axis_text(values: Sequence[Any]) -> str:
    """`0.001..0.1:5` where that is what the values are, else `0.5,0.9`; a batch size of None is `full`."""
    texts = ["full" if v is None else str(v) if isinstance(v, int) else f"{v:.12g}" for v in values]
    if len(values) > 3 and all(isinstance(v, float) for v in values):
        short = f"{texts[0]}..{texts[-1]}:{len(values)}"
        if all(abs(a - b) <= 1e-3 * abs(b) for a, b in zip(parse_axis(short), values, strict=True)):
            return short
    return ",".join(texts)


def option(optimizer: str, name: str, axis: str) -> tuple[str, str]:
    """The option of `steepest race` that takes `axis` of the hyper-parameter `name`, and what to write after it."""
    if name in OPTIONS:
        return OPTIONS[name], axis
    if name in SHARED:
        return f"--{name.replace('_', '-')}", axis
    if name.startswith(PREFIX):
        part, key = name.removeprefix(PREFIX).split(".", 1)
        return "--schedule", f"{part}:{key}={axis}"
    return "-o", f"{optimizer}:{name}={axis}"


def schedule_text(settings: Mapping[str, Sequence[Any]]) -> str:
    """`warmup:epochs=1,2+cosine`: the schedule of `settings`, hyper-parameter -> the values that it takes."""
    (name,) = settings["schedule"]
    parts = []
    for part in name.split("+"):
        own = {k.removeprefix(f"{PREFIX}{part}."): v for k, v in settings.items() if k.startswith(f"{PREFIX}{part}.")}
        parts.append(entry_text(part, own))
    return "+".join(parts)


def entry_text(name: str, settings: Mapping[str, Sequence[Any]]) -> str:
    """`NAME:key=value,…` for the values that each key takes."""
    pairs = ",".join(f"{k}={_text(v)}" for k, v in settings.items())
    return f"{name}:{pairs}" if pairs else name


def _text(values: Sequence[Any]) -> str:
    if isinstance(values[0], (bool, str)):
        return str(values[0]).lower() if isinstance(values[0], bool) else values[0]
    return axis_text(values)
