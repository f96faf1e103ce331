"""What a recipe is of: one run of a race as plain facts, read off the race and its workload without importing JAX."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..core.errors import BadValue
from .formulas import formula, supported
from .rendering import Words, render
from .rule import Rule, canonical
from .schedules import is_constant, is_ours, listens

__all__ = ["Network", "Subject", "subject"]

PLAIN = Words({"larger": "max", "total": "sum"})
LOSSES = ("softmax_cross_entropy", "sigmoid_cross_entropy", "squared_error")
DEFAULT_SCALES = {"normal": 0.01}  # of the initialisers whose scale is not 1


@dataclass(frozen=True)
class Network:
    """A multi-layer perceptron of ours, and how its weights are drawn."""

    sizes: Sequence[int]
    activation: str
    init: str
    init_scale: float


@dataclass(frozen=True)
class Subject:
    """A run: its facts for the comment at the top, what it trained with, and on what.

    network, loss  None where they are not ours, `data` None where the data set is not; `lacks` says so by name
    shapes         of each split: its name, x and y, when the data are a reader's own
    samples        of the training split; `first` when only so many of the data set's
    """

    facts: Sequence[tuple[str, str]]
    optimizer: str
    hyperparameters: Mapping[str, Any]
    seed: int
    epochs: float
    samples: int
    first: int | None
    network: Network | None
    loss: str | None
    data: str | None
    scaling: str
    lacks: str = ""
    shapes: Sequence[tuple[str, str, str]] = ()

    @cached_property
    def rule(self) -> Rule:
        """Its update rule."""
        return canonical(self.optimizer, self.hyperparameters, self.constant)

    @property
    def constant(self) -> bool:
        """Whether its learning rate never changes."""
        return is_constant(self.hyperparameters)

    @property
    def listens(self) -> bool:
        """Whether its learning rate depends on the validation loss."""
        return listens(self.hyperparameters)

    @property
    def averages(self) -> bool:
        """Whether it is judged by other parameters than those it trains."""
        return self.optimizer == "schedule_free"

    @property
    def batch_size(self) -> int:
        """Samples of a mini-batch."""
        return min(int(self.hyperparameters.get("batch_size") or self.samples), self.samples)

    @property
    def steps_per_epoch(self) -> int:
        """Steps of an epoch, the short last batch included."""
        return math.ceil(self.samples / self.batch_size)

    @property
    def drops(self) -> bool:
        """Whether hidden units drop out."""
        return self["keep_prob"] not in (0.0, 1.0)

    @property
    def whole(self) -> bool:
        """Whether network, loss and hence the training can be written out."""
        return self.network is not None and self.loss is not None

    def __getitem__(self, name: str) -> float:
        return float(self.hyperparameters.get(name, 0.0))


def _ours(function: Any, package: str) -> str | None:
    """The name of a function that is `steepest.PACKAGE`'s."""
    module = getattr(function, "__module__", None) or ""
    return function.__name__ if module.startswith(f"steepest.{package}") else None


def _network(workload: Any, hyperparameters: Mapping[str, Any]) -> Network | None:
    make = workload.network
    if _ours(getattr(make, "func", None), "networks.mlp") != "mlp" or "sizes" not in make.keywords:
        return None
    init = str(hyperparameters.get("init") or make.keywords.get("init", "he"))
    scale = float(hyperparameters.get("init_scale", DEFAULT_SCALES.get(init, 1.0)))
    return Network(tuple(make.keywords["sizes"]), make.keywords.get("activation", "relu"), init, scale)


def _facts(race: Any, run: Any, title: str) -> list[tuple[str, str]]:
    result = f"none: the run is {run.status}"
    for rows, place in (
        (race.ranking, "rank {rank} of {of}"),
        (race.everything, "setting {rank} of {of} by validation"),
    ):
        row = next((row for row in rows if row["configuration"] == run.configuration), None)
        if row and row["mean"] is not None:
            interval = f" [{row['low']:.4f}, {row['high']:.4f}]" if row["low"] is not None else ""
            told = place.format(rank=row["rank"], of=len(rows))
            result = f"{row['metric']} {row['mean']:.4f}{interval}, n = {row['n']} seeds, {told}"
            break
    numbers = ", ".join(f"{k} {v!r}" for k, v in run.hyperparameters.items())
    versions = race.spec.facts.get("versions", {})
    told = ", ".join(f"{name} {versions[name]}" for name in ("steepest", "jax", "optax") if name in versions)
    facts = [
        ("Workload", f"{race.spec.workload}: {title}"),
        ("Result", result),
        ("Run", f"{run.id}, seed {run.seed}, {race.spec.epochs:g} epochs: {run.optimizer}, {numbers}"),
        ("Race", race.spec.command or ("" if race.spec.facts.get("temporary") else f"{race.path}")),
        ("Raced with", told),
    ]
    return [(name, text) for name, text in facts if text]


def subject(race: Any, run: Any, workload: Any) -> Subject:
    """The facts of `run` of `race`; `workload` is its workload, or None where only the caller's program has it."""
    configuration = race.spec.configurations[run.configuration]
    hyperparameters = configuration.hyperparameters
    if configuration.optimizer not in supported():
        numbers = ", ".join(f"{name} {value!r}" for name, value in configuration.numbers.items())
        raise BadValue(
            f"run {run.id} was trained by {run.optimizer!r}, which is not one of ours: its own code is its recipe"
            f"{f' ({numbers})' * bool(numbers)}; choose another run with --run N"
        )
    if not is_ours(hyperparameters):
        raise BadValue(
            f"run {run.id} follows {hyperparameters['schedule']!r}, a schedule that is not one of ours: its own "
            "code is its recipe; choose another run with --run N"
        )
    if configuration.optimizer == "schedule_free" and listens(hyperparameters):
        raise BadValue("schedule_free with reduce_on_plateau has no recipe; choose a run with another schedule")
    made = getattr(workload, "data", None)
    first = race.spec.options.get("samples")
    base = made.args[0] if first is not None and made is not None else made
    title = race.spec.facts.get("title", {}).get("en", "")
    samples = len(made().train) if made is not None else _guessed_samples(race)
    network = None if workload is None else _network(workload, hyperparameters)
    loss = next((name for name in LOSSES if workload and _ours(workload.loss, "nn.losses") == name), None)
    data = None if base is None else _ours(base, "data.")
    return Subject(
        facts=_facts(race, run, title),
        optimizer=configuration.optimizer,
        hyperparameters=hyperparameters,
        seed=run.seed,
        epochs=race.spec.epochs,
        samples=samples,
        first=first,
        network=network,
        loss=loss,
        data=data,
        scaling="none" if workload is None else workload.scaling,
        lacks=_lacks(race, workload, network, loss),
        shapes=() if made is None or data is not None else _shapes(made()),
    )


def _lacks(race: Any, workload: Any, network: Network | None, loss: str | None) -> str:
    """What of the race is the reader's own and cannot be written out, as the beginning of a sentence."""
    if workload is None:
        advice = "with --workload file.py:name, or steepest.open(folder, workload=…), more is written here"
        return f"The network of the race is your own ({race.spec.workload}: {advice})"
    own = ["network"] if network is None else []
    own += [f"loss {getattr(workload.loss, '__name__', 'function')!r}"] if loss is None else []
    return f"The {' and the '.join(own)} of the race {'are' if len(own) > 1 else 'is'} your own"


def _shapes(splits: Any) -> list[tuple[str, str, str]]:
    """The name, inputs and targets of each split."""
    named = (("training", splits.train), ("validation", splits.validation), ("test", splits.test))
    return [(name, f"{one.x.shape} {one.x.dtype}", f"{one.y.shape} {one.y.dtype}") for name, one in named]


def _guessed_samples(race: Any) -> int:
    """As many as give the race's own steps per epoch."""
    batch = race.spec.configurations[0].structure.get("batch_size") or 1
    return int(race.spec.facts["steps_per_epoch"]) * int(batch)


def equation(subject: Subject) -> list[str]:
    """The rule's formula in plain lines, as its dialect writes it."""
    rule = subject.rule.averaged
    before = {
        "l2": ["g = g + weight_decay * w"],
        "decoupled": ["w = w * (1 - rate * weight_decay)"],
    }.get(rule.decay, [])
    return [*before, *render(formula(rule).text, PLAIN).splitlines(), "w = w - step"]
