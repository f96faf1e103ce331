"""The cases by name, one file each. A case file has TITLE, a docstring that says what is compared and what is timed,
and `contests(quick)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from ..contest import Contest

__all__ = ["CASES", "Case", "load"]

CASES = ("one_run", "race", "convolution", "recurrent", "logistic", "surfaces", "to_target", "growth", "peak")


@dataclass(frozen=True)
class Case:
    """A case at the size it is asked for."""

    name: str
    title: str
    about: str
    contests: tuple[Contest, ...]


def load(name: str, quick: bool = False) -> Case:
    """The case called `name`; `quick` for toy sizes."""
    module = import_module(f"{__name__}.{name}")
    about = (module.__doc__ or "").strip()
    return Case(name, module.TITLE, about, tuple(module.contests(quick)))
