"""The options that `race` and `train` share. An AXIS is 0.1, or 0.01,0.1, or 1e-4..1:9 (nine points, log-spaced)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..core.language import LANGUAGES, choose, chosen
from ..core.registry import unknown

__all__ = ["as_json", "language", "own_optimizers", "own_workload", "training"]


def _joined(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    return ",".join(values) if values else None


def _axis(name: str, help: str, metavar: str = "AXIS") -> Callable[..., Any]:
    """An option that may be repeated: its values are one axis, in the order given."""
    return click.option(name, metavar=metavar, multiple=True, callback=_joined, help=help)


_TRAINING = (
    _axis("--lr", help="Learning rates of optimizers that bring none."),
    _axis("--batch-size", help="Mini-batch sizes; `full` for the whole training split."),
    click.option("--epochs", metavar="N", help="Passes over the training split (fractions too)."),
    click.option("--schedule", metavar="NAME[:key=AXIS,…]", multiple=True, help="cosine, step, warmup+linear, …"),
    _axis("--init", metavar="NAMES", help="Initialisers: zeros, normal, xavier, he, orthogonal."),
    _axis("--init-scale", help="σ of normal, a gain for the others."),
    _axis("--l1", help="λ of λ‖w‖₁, weights only."),
    _axis("--l2", help="λ of (λ/2)‖w‖², weights only."),
    _axis("--keep-prob", help="Share of hidden units that dropout keeps."),
    click.option("--scaling", metavar="NAME", help="Inputs: standardise, unit or none."),
    click.option("--samples", metavar="N", help="Use only the first N training samples."),
    click.option("--start", metavar="X,Y", help="Where runs on a surface begin (default: each seed draws)."),
    click.option("--quick", is_flag=True, help="The workload's short form."),
    click.option("--halving", is_flag=True, help="Stop settings that fall behind early."),
    click.option("--width", metavar="N", help="Runs side by side on a device (default: planned)."),
    click.option("--out", metavar="DIR", help="Folder that keeps it (default: a new one under runs/)."),
)


def training(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how to train."""
    for option in reversed(_TRAINING):
        command = option(command)
    return command


def _speak(ctx: click.Context, parameter: click.Parameter, lang: str | None) -> str | None:
    """Say messages in `lang` from here on; what is returned was asked for here or before the command."""
    if lang is not None:
        if lang not in LANGUAGES:
            raise unknown("language", lang, LANGUAGES)
        choose(lang)
    return chosen()


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
own_workload = click.option("--workload", metavar="FILE.py:NAME", help="Its workload, where a program of yours had it.")
own_optimizers = click.option("-o", "--optimizer", "optimizers", metavar="FILE.py:NAME", multiple=True,
                              help="An optimizer of it that is your own; may be repeated.")  # fmt: skip
language = click.option(
    "--lang", metavar="zh|en", is_eager=True, callback=_speak, help="The language (default: the locale's)."
)
