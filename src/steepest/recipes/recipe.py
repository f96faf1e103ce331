"""A run as one readable Python file of another library that takes the same steps."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..core.registry import unknown
from .formulas import ORTHOGONALISED
from .program import constants, data, draw, header, main, outputs_of, rate
from .rendering import comment, joined, render
from .subject import Subject, subject

__all__ = ["TARGETS", "check_target", "recipe", "write"]

TARGETS = ("torch", "keras", "tf1", "optax")

YOURS = """
{lacks}
#
{lines}
"""


def check_target(to: str) -> str:
    """`to` itself when it is a target; else `UnknownName` with a suggestion."""
    if to not in TARGETS:
        raise unknown("recipe target", to, TARGETS)
    return to


def recipe(race: Any, run: Any, workload: Any, to: str = "torch") -> str:
    """The file for `run` of `race` in library `to`; `workload` is its workload, None when it cannot be loaded.

    Raises `UnknownName` for another library, `BadValue` for a run that has no recipe.
    """
    check_target(to)
    return write(subject(race, run, workload), to)


def write(subject: Subject, to: str) -> str:
    """The file of a subject."""
    target = import_module(f".targets.{check_target(to)}", __package__)
    made = target.builtin(subject.rule)
    own = isinstance(made, str)
    blocks = [
        header(subject, target.TITLE, target.CHECKED),
        constants(subject, "" if own else subject.rule.gain),
        *rate(subject, target.RATE_WORDS),
    ]
    if own and subject.rule.name == "muon":
        blocks.append(render(ORTHOGONALISED, target.WORDS))
    blocks += target.optimizer(subject)
    lines = target.main_lines(subject)
    if subject.whole and subject.network:
        blocks += draw(subject.network)
        blocks.append(target.network(subject.network, subject, outputs_of(subject)))
        blocks += [target.training(subject), data(subject), *main(subject, lines)]
    else:
        lacks = comment(f"{subject.lacks}: with it, each step is")
        blocks.append(YOURS.format(lacks=lacks, lines="\n".join(f"#     {line}" for line in target.yours(subject))))
    body = joined(*blocks[1:])
    standard = ["import math"] if "math." in body else []
    third = [*(["import numpy as np"] if "np." in body.replace("jnp.", "") else []), *target.imports(subject)]
    imports = "\n".join(standard) + ("\n\n" if standard else "") + "\n".join(sorted(third, key=_place))
    return f"{blocks[0]}\n\n{imports}\n\n{body}"


def _place(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line
