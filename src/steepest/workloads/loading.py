"""From what a caller names to a `Workload`: an id, `surface:NAME`, `file.py:name` or a Workload; with options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any

from ..core.errors import BadValue, UnknownName, UserError
from ..core.python_file import execute, parts, whole_path
from ..core.registry import unknown
from ..data.scaling import SCALINGS
from ..data.splits import Splits
from ..surfaces.loading import point
from ..surfaces.registry import SURFACES
from .registry import WORKLOADS
from .surfaces import PREFIX, surface_workload, with_start
from .workload import Workload

__all__ = ["OPTIONS", "is_named", "located", "workload"]

OPTIONS = (*(f.name for f in fields(Workload) if f.name != "id"), "samples", "start")
_PARTS = ("network", "data", "loss", "metrics", "scaling")  # what training and predicting depend on


def _from_file(place: str, name: str) -> Workload:
    """The workload `name` of the file at `place`; the name may be left out when the file has just one."""
    module = execute(place)
    here = [key for key, value in vars(module).items() if isinstance(value, Workload)]
    if not name and len(here) == 1:
        name = here[0]
    if not name and here:
        raise BadValue(f"{place} holds {len(here)} workloads; say which: {place}:{here[0]}")
    if name not in here:
        if hasattr(module, name):
            raise BadValue(
                f"{place}:{name} is a {type(getattr(module, name)).__name__}; it must be a steepest Workload"
            )
        raise (
            unknown(f"workload in {place}", name, here) if here else UnknownName(f"{place} holds no steepest.Workload")
        )
    found: Workload = getattr(module, name)
    return found


def _first(data: Callable[[], Splits], n: int) -> Splits:
    """The splits of `data` with a training split of its first n samples."""
    splits = data()
    return replace(splits, train=splits.train.first(n))


def _check(options: dict[str, Any]) -> None:
    for name, value in options.items():
        if name not in OPTIONS:
            raise unknown("workload option", name, OPTIONS)
        if name in ("batch_size", "epochs", "samples") and (
            isinstance(value, bool) or not isinstance(value, int) or value < 1
        ):
            raise BadValue(f"{name} must be a whole number of at least 1; got {value!r}")
    if options.get("scaling", "none") not in SCALINGS:
        raise unknown("scaling", options["scaling"], tuple(SCALINGS))


def located(text: str) -> str | None:
    """`file.py:name` with the file's whole path, so that it means the same from any folder; None for other forms."""
    file = parts(text)
    return None if file is None else f"{whole_path(file[0])}:{file[1]}".removesuffix(":")


def is_named(given: Workload) -> bool:
    """Whether the id of a workload is enough to find it again: it is one of ours, and nothing but defaults changed."""
    if given.id not in WORKLOADS and not given.id.startswith(PREFIX):
        return False
    try:
        named = _named(given.id)
    except UserError:  # a surface of the user's own that no text means
        return False
    return all(_same(getattr(given, part), getattr(named, part)) for part in _PARTS)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, partial) and isinstance(b, partial):
        return (a.func, a.args, a.keywords) == (b.func, b.args, b.keywords)
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(_same(a[key], b[key]) for key in a)
    return bool(a == b)


def _named(text: str) -> Workload:
    """The workload that `text` means."""
    if text.startswith(PREFIX):
        return surface_workload(text.removeprefix(PREFIX))
    file = parts(text)
    if file is not None:
        return _from_file(*file)
    if text in SURFACES:
        raise UnknownName(f"unknown workload {text!r}; the surface is {PREFIX}{text}")
    found: Workload = WORKLOADS.load(text)
    return found


def workload(id: str | Workload, **options: Any) -> Workload:
    """The workload called `id`, the surface or the file's workload that it names, or `id` itself, with `options`.

    Options replace fields of `Workload` (batch_size, epochs, scaling, …); `samples` keeps only the first so many of the
    training split, `start` is where every run on a surface begins. Naming a file runs it. Raises `UnknownName`,
    `BadValue` or `BadFile`.
    """
    _check(options)
    if isinstance(id, str):
        id = _named(id)
    if not isinstance(id, Workload):
        raise BadValue(f"a workload is a name, path/to/file.py:name or a Workload; got a {type(id).__name__}")
    samples, start = options.pop("samples", None), options.pop("start", None)
    result = replace(id, **options)
    if start is not None:
        result = with_start(result, point(start))
    return result if samples is None else replace(result, data=partial(_first, result.data, samples))
