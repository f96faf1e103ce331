"""What the targets share: names, the prose of a rule, the lines that differ in `main`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from .formulas import Formula, formula
from .rendering import indented
from .rule import Rule
from .subject import Subject, equation

__all__ = ["MainLines", "class_name", "number_names", "own_formula", "prose", "state_names"]

CLASSES = {"sgd": "SGD", "rmsprop": "RMSProp", "nadam": "NAdam", "radam": "RAdam", "adamax": "AdaMax", "lamb": "LAMB"}


@dataclass(frozen=True)
class MainLines:
    """The lines of `main` that differ: before the first step, a new rate (of `{}`), a step, after the last one."""

    begin: Sequence[str]
    step: str
    settle: str
    set_rate: str = ""


def class_name(optimizer: str) -> str:
    """The name of an optimizer as a class."""
    return CLASSES.get(optimizer, "".join(part.capitalize() for part in optimizer.split("_")))


def own_formula(subject: Subject) -> Formula:
    """The formula for a library that lacks the rule."""
    return formula(subject.rule.averaged)


def number_names(formula: Formula, rule: Rule) -> list[str]:
    """The numbers that an optimizer of its own takes, the rate apart."""
    names = list(formula.numbers)
    return names if not rule.decay or "weight_decay" in names else [*names, "weight_decay"]


def state_names(formula: Formula) -> tuple[list[str], bool]:
    """The slots, and whether steps have to be counted."""
    return list(formula.slots), re.search(r"\bt\b", formula.text) is not None


def prose(subject: Subject, reason: str, by: int = 1) -> str:
    """The docstring of an optimizer of its own: the equation, and why the library's is not the same."""
    dialect = subject.hyperparameters.get("dialect", "textbook")
    told = textwrap.fill(f"Written out because {reason}.", 92)
    formula = indented("\n".join(equation(subject)), 1)
    return indented(f'"""{subject.optimizer} as in dialect {dialect}, for each tensor:\n\n{formula}\n\n{told}\n"""', by)
