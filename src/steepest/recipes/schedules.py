"""A run's learning rate as a closed form of the step, in the words of `rendering`; reduce_on_plateau as a small class.

What is in steepest.schedules under tracing is written out here for one run's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .rendering import Words, indented, literal, render

__all__ = ["PLATEAU", "PYTHON", "is_constant", "is_ours", "listens", "rate_function"]

# the words of a plain Python function
PYTHON = Words(
    {
        "cos": "math.cos",
        "floor": "math.floor",
        "pi": "math.pi",
        "larger": "max",
        "number": "{}",
        "clip": "min(max({}, 0), 1)",
    }
)

WHOLE = "floor({} * (1 + 1e-9))"  # forgives the rounding of a division that should have come out even

PLATEAU = '''
class Plateau:
    """The rate's factor, {factor} times as large after each {patience} epochs without a better validation loss."""

    def __init__(self):
        self.factor, self.best, self.bad, self.rest = 1.0, float("inf"), 0, 0

    def observe(self, loss):
        """At the end of an epoch."""
        better = loss < (self.best if self.best == float("inf") else self.best * (1 - {threshold}))
        self.bad = 0 if better or self.rest > 0 else self.bad + 1
        self.best = loss if better else self.best
        self.rest = max(self.rest - 1, 0)
        if self.bad > {patience}:
            self.factor = max(self.factor * {factor}, {minimum})
            self.bad, self.rest = 0, {cooldown}
'''


def _parts(hyperparameters: Mapping[str, Any]) -> list[str]:
    return str(hyperparameters.get("schedule", "constant")).split("+")


def _own(hyperparameters: Mapping[str, Any], part: str) -> dict[str, Any]:
    start = f"schedule.{part}."
    return {k.removeprefix(start): v for k, v in hyperparameters.items() if k.startswith(start)}


def is_ours(hyperparameters: Mapping[str, Any]) -> bool:
    """Whether the schedule is one that can be written out, and not a function of the user's."""
    return all(part in (*_PLAIN, "warmup", "reduce_on_plateau") for part in _parts(hyperparameters))


def listens(hyperparameters: Mapping[str, Any]) -> bool:
    """Whether the rate depends on the validation loss."""
    return "reduce_on_plateau" in _parts(hyperparameters)


def is_constant(hyperparameters: Mapping[str, Any]) -> bool:
    """Whether the rate never changes."""
    return _parts(hyperparameters) == ["constant"]


def plateau(hyperparameters: Mapping[str, Any]) -> str:
    """The class that watches the validation loss."""
    own = _own(hyperparameters, "reduce_on_plateau")
    return PLATEAU.format(**{k: literal(int(v) if v == int(v) else v) for k, v in own.items()})


def rate_function(hyperparameters: Mapping[str, Any], epochs: float, words: Words = PYTHON) -> str:
    """`def rate(step)`, which reads LEARNING_RATE and STEPS_PER_EPOCH."""
    parts = [p for p in _parts(hyperparameters) if p != "reduce_on_plateau"]
    warm = _own(hyperparameters, "warmup") if "warmup" in parts else None
    plain = next((p for p in parts if p != "warmup"), "constant")
    own = _own(hyperparameters, plain)
    if plain in ("cosine", "linear", "one_cycle"):
        own.setdefault("epochs", epochs - warm["epochs"] if warm else epochs)
    lines = ["epoch = number(step) / STEPS_PER_EPOCH"]
    climb = ""
    if warm is not None and warm["epochs"]:
        lines.append(f"climb = {_falling(warm['start'], _progress('epoch', warm['epochs']))}")
        lines.append(f"epoch = larger(epoch - {warm['epochs']!r}, 0)")
        climb = "climb * "
    value = _PLAIN[plain](own, lines)
    lines.append(f"return LEARNING_RATE * {climb}{value}" if value else f"return {climb}LEARNING_RATE")
    if not any("epoch" in line for line in lines[1:]):
        lines.pop(0)
    told = plain.replace("_", " ") + (" after a warm-up" if climb else "")
    body = f'"""The learning rate of a step, from 0: {told}."""\n' + render("\n".join(lines), words)
    return "def rate(step):\n" + indented(body, 1)


def _progress(epoch: str, epochs: float) -> str:
    return f"clip({epoch} / {epochs!r}, 0, 1)" if epochs > 0 else "1"


def _constant(own: dict[str, Any], lines: list[str]) -> str:
    return ""


def _epoch(own: dict[str, Any]) -> str:
    return WHOLE.format("epoch") if own["staircase"] else "epoch"


def _inverse_time(own: dict[str, Any], lines: list[str]) -> str:
    return f"1 / (1 + {own['decay_rate']!r} * {_epoch(own)})"


def _exponential(own: dict[str, Any], lines: list[str]) -> str:
    return f"{own['rate']!r} ** {_epoch(own)}"


def _step(own: dict[str, Any], lines: list[str]) -> str:
    every = own["every"]
    return f"{own['factor']!r} ** {WHOLE.format(f'(epoch / {every!r})')}"


def _falling(final: float, share: str) -> str:
    """From 1 to `final` as `share` goes from 1 to 0 (or up again)."""
    return share if final == 0 else f"({final!r} + {1 - final!r} * {share})"


def _cosine(own: dict[str, Any], lines: list[str]) -> str:
    lines.append(f"t = {_progress('epoch', own['epochs'])}")
    return _falling(own["final"], "(1 + cos(pi * t)) / 2")


def _linear(own: dict[str, Any], lines: list[str]) -> str:
    lines.append(f"t = {_progress('epoch', own['epochs'])}")
    return _falling(own["final"], "(1 - t)")


def _one_cycle(own: dict[str, Any], lines: list[str]) -> str:
    rise = own["rise"]
    lines.append(f"t = {_progress('epoch', own['epochs'])}")
    up = _progress("t", rise)
    lines.append(f"up = {_falling(own['start'], f'(1 - cos(pi * {up})) / 2')}")
    down = _progress(f"(t - {rise!r})", 1 - rise)
    lines.append(f"down = {_falling(own['final'], f'(1 + cos(pi * {down})) / 2')}")
    return f"choose(t < {rise!r}, up, down)"


_PLAIN = {
    "constant": _constant,
    "inverse_time": _inverse_time,
    "exponential": _exponential,
    "step": _step,
    "cosine": _cosine,
    "linear": _linear,
    "one_cycle": _one_cycle,
}
