"""A race that the page asks for, held against the registries and bounded, as arguments of `steepest race`.

Nothing of the request reaches a shell, a file or an import: the workload is one of the registered names, or one that
the lab was started with (never another file), every optimizer and axis is parsed here first, and what is passed on is
a list of arguments `--name=value`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from ..core.errors import BadValue, TooLarge
from ..core.registry import unknown

__all__ = ["MOST_OPTIMIZERS", "MOST_POINTS", "MOST_RUNS", "MOST_RUN_STEPS", "arguments", "bounded"]

MOST_OPTIMIZERS = 16
MOST_RUNS = 2_000
MOST_RUN_STEPS = 50_000_000  # of all runs together
MOST_TEXT = 300  # characters of one value
MOST_POINTS = 1_000  # of one axis
_POINTS = re.compile(r"\.\.[^,:]*:\s*(\d+)")

_TEXTS = ("lr", "batch_size", "schedule", "init", "init_scale", "l1", "l2", "keep_prob", "scaling")
_SWITCHES = ("quick", "halving")
_NUMBERS = ("seeds", "epochs", "samples")
_KNOWN = ("workload", "optimizers", *_TEXTS, *_NUMBERS, *_SWITCHES)


def bounded(text: str, name: str) -> str:
    """`text` itself, unless it is long or spans an axis of very many points: refused before it is parsed."""
    if len(text) > MOST_TEXT:
        raise TooLarge(f"{name} has {len(text)} characters; at most {MOST_TEXT}")
    for points in _POINTS.findall(text):
        if int(points) > MOST_POINTS:
            raise TooLarge(f"{name}: {int(points):,} points; at most {MOST_POINTS:,} on one axis here")
    return text


def _text(order: Mapping[str, Any], name: str) -> str | None:
    value = order.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(f"{name} must be text or a number, got {type(value).__name__}")
    return bounded(str(value), name)


def _optimizers(order: Mapping[str, Any]) -> list[str]:
    given = order.get("optimizers") or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise BadValue("optimizers must be a list of texts such as adam:beta1=0.8,0.9")
    if len(given) > MOST_OPTIMIZERS:
        raise TooLarge(f"{len(given)} optimizers; at most {MOST_OPTIMIZERS} in a race from the page")
    return [bounded(one, "an optimizer") for one in given]


def arguments(order: Any, own: Mapping[str, Any] | None = None) -> list[str]:
    """The arguments after `steepest race` for what the page sent. Raises `UserError` in one line.

    `own` are workloads that whoever started the lab named, by what they wrote.
    """
    if not isinstance(order, Mapping):
        raise BadValue("a race is asked for as a JSON object")
    for key in order:
        if key not in _KNOWN:
            raise unknown("field", key, _KNOWN)
    for key in _SWITCHES:
        if not isinstance(order.get(key, False), bool):
            raise BadValue(f"{key} must be true or false")
    texts = {name: text for name in (*_TEXTS, *_NUMBERS) if (text := _text(order, name)) is not None}
    optimizers = _optimizers(order)
    name = _checked(order, texts, optimizers, own or {})
    return [
        name,
        *(f"--optimizer={one}" for one in optimizers),
        *(f"--{name.replace('_', '-')}={text}" for name, text in texts.items()),
        *(f"--{key}" for key in _SWITCHES if order.get(key)),
    ]


def _checked(order: Mapping[str, Any], texts: Mapping[str, str], optimizers: list[str], own: Mapping[str, Any]) -> str:
    """The workload's name, when all of the order can be raced and is not too much. This loads the data."""
    from ..core.axes import parse_axis
    from ..racing.choices import common_choices, seed_list, whole_number
    from ..racing.crossing import count
    from ..racing.entries import parse_entry, with_rates
    from ..workloads.loading import workload
    from ..workloads.registry import WORKLOADS

    name = order.get("workload")
    if not isinstance(name, str):
        raise BadValue("a race needs a workload's name")
    named = own[name] if name in own else WORKLOADS.load(name)
    options: dict[str, Any] = dict(named.quick) if order.get("quick") else {}
    if "samples" in texts:
        options["samples"] = whole_number(texts["samples"], "samples")
    if "scaling" in texts:
        options["scaling"] = texts["scaling"]
    chosen = workload(named, **options)
    entries = [parse_entry(one) for one in optimizers or chosen.optimizers]
    if "lr" in texts:
        entries = [with_rates(one, parse_axis(texts["lr"], "learning rate")) for one in entries]
    choices = {k: v for k, v in texts.items() if k in _TEXTS and k not in ("lr", "scaling")}
    groups = common_choices(**{"batch_size": chosen.batch_size, **choices})
    seeds = seed_list(texts.get("seeds", "3"))
    (epochs,) = parse_axis(texts["epochs"], "epochs") if "epochs" in texts else (chosen.epochs,)
    if epochs <= 0:
        raise BadValue(f"epochs must be above 0, got {texts['epochs']}")
    runs = count(entries, groups) * len(seeds)
    samples = len(chosen.data().train)
    smallest = min(int(one.structure["batch_size"] or samples) for one in groups[0])
    steps = runs * epochs * math.ceil(samples / min(smallest, samples))
    if runs > MOST_RUNS:
        raise TooLarge(f"{runs:,} runs; at most {MOST_RUNS:,} in a race from the page: use fewer points or seeds")
    if steps > MOST_RUN_STEPS:
        most = f"at most {MOST_RUN_STEPS:,} in a race from the page: use fewer points, seeds or epochs"
        raise TooLarge(f"up to {steps:,.0f} steps of all runs together; {most}")
    return name
