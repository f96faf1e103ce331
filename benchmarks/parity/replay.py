"""Ours, the peer and ours again with a last digit shaken, each on its own trajectory.

The shaken twin says whether a comparison can mean anything: where rounding alone drives two correct
programs apart (`SHAKEN`), the setting is chaotic on that problem and is left out of the verdict, and
counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import numpy as np
import optax

from steepest.optimizers import OPTIMIZERS
from steepest.optimizers.dialects import resolve

from .cases import FALLING, falling
from .problems import PROBLEMS, Params

__all__ = ["SHAKEN", "STEPS", "Outcome", "replay"]

STEPS = 200
SHAKEN = 1e-11  # how far a twin, wrong by 2e-16 a step, may stray before the setting counts as chaotic

Step = Callable[[Params], Params]


@dataclass(frozen=True)
class Outcome:
    """One setting on one problem: the worst relative differences over all steps."""

    problem: str
    error: float
    twin: float

    @property
    def chaotic(self) -> bool:
        return not self.twin <= SHAKEN


@cache
def _compiled(optimizer: str, dialect: str, structure: tuple[tuple[str, Any], ...]) -> tuple[Any, Any]:
    """Init and update of ours with every number traced: one program for all settings of one structure."""
    factory = OPTIMIZERS.load(optimizer)

    def build(numbers: Mapping[str, Any]) -> optax.GradientTransformation:
        return factory(**numbers, **dict(structure), dialect=dialect)

    @jax.jit
    def init(numbers: Any, params: Any) -> Any:
        return build(numbers).init(params)

    @jax.jit
    def advance(numbers: Any, gradients: Any, state: Any, params: Any) -> Any:
        updates, state = build(numbers).update(gradients, state, params)
        return optax.apply_updates(params, updates), state

    return init, advance


def _ours(optimizer: str, dialect: str, setting: Mapping[str, Any], numbers: Mapping[str, Any], start: Params) -> Step:
    structure = tuple((k, v) for k, v in numbers.items() if isinstance(v, (bool, str, int)))
    floats = {k: np.float64(v) for k, v in numbers.items() if isinstance(v, float)}
    init, advance = _compiled(optimizer, dialect, structure)
    state, count = init(floats, [jax.numpy.asarray(w) for w in start]), 0
    params = list(start)

    def step(gradients: Params) -> Params:
        nonlocal state, params, count
        rate = falling(numbers["learning_rate"], count) if FALLING in setting else numbers["learning_rate"]
        now = {**floats, "learning_rate": np.float64(rate)}
        after, state = advance(now, gradients, state, params)
        params, count = [np.asarray(w) for w in after], count + 1
        return params

    def shaken(gradients: Params) -> Params:
        nonlocal params
        rng = np.random.default_rng(count)
        moved = step(gradients)
        params = [w * (1 + 2e-16 * rng.choice([-1.0, 1.0], w.shape)) for w in moved]
        return params

    step.shaken = shaken  # type: ignore[attr-defined]
    return step


def _trajectory(step: Step, problems: Any) -> list[list[Params]]:
    """The parameters of each problem after each step; one optimiser takes all problems, tensor by tensor."""
    params = [[w.copy() for w in problem.start] for problem in problems]
    seen = []
    for t in range(STEPS):
        gradients = [problem.gradient(own, t) for problem, own in zip(problems, params, strict=True)]
        flat = iter(step([g for own in gradients for g in own]))
        params = [[next(flat) for _ in own] for own in params]
        seen.append(params)
    return seen


def _apart(one: list[list[Params]], other: list[list[Params]], problem: int) -> float:
    """The worst relative difference of a tensor at any step, by its largest entry; inf if not finite."""
    worst = 0.0
    for a, b in zip(one, other, strict=True):
        for x, y in zip(a[problem], b[problem], strict=True):
            size = np.max(np.abs(y))
            apart = float(np.max(np.abs(x - y)) / size) if size > 0 else float(np.max(np.abs(x)))
            worst = max(worst, apart if np.isfinite(apart) and np.all(np.isfinite(y)) else np.inf)
    return worst


def replay(
    peer: Callable[..., Step], optimizer: str, dialect: str, setting: dict[str, Any], *, quick: bool = False
) -> list[Outcome]:
    """Both sides over `STEPS` steps; one outcome a problem. `quick` takes one problem and no twin."""
    problems = PROBLEMS[2:3] if quick else PROBLEMS
    start = [w for problem in problems for w in problem.start]
    dialects = OPTIMIZERS.module(optimizer).DIALECTS
    given = {name: value for name, value in setting.items() if name != FALLING}
    numbers = resolve(optimizer, dialects, dialect, given)
    ours = _trajectory(_ours(optimizer, dialect, setting, numbers, start), problems)
    theirs = _trajectory(peer(optimizer, setting, numbers, start), problems)
    twin = ours
    if not quick:
        shaken = _ours(optimizer, dialect, setting, numbers, start).shaken  # type: ignore[attr-defined]
        twin = _trajectory(shaken, problems)
    return [Outcome(problem.name, _apart(ours, theirs, i), _apart(twin, ours, i)) for i, problem in enumerate(problems)]
