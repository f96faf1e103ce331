"""The compiled programs of descents: one for each structure of optimiser, formula and schedule, kept while in use.

Numbers, starts, noise, how many steps, and the numbers in the formula are arguments. Shapes go up by powers of two, so
that a few more starts or steps find the program that is there. Programs that are missing are compiled side by side.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from ..core.spec import Configuration
from ..surfaces.exact import exact
from ..surfaces.formula import Formula, evaluate
from .own import Own
from .rules import is_optimizers, optimizer_of
from .schedule import RunSchedule
from .trial import trial

__all__ = ["MOST_PROGRAMS", "Job", "descend_all"]

MOST_PROGRAMS = 256
SHORTEST = 256  # steps that every program has room for
FEW = 64  # runs up to which a program that compiles sooner is worth more than one that runs sooner
QUICK = {"xla_backend_optimization_level": "0"}

Paths = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Job:
    """Configurations of one lane, each to descend from every start [n, 2]; noise [steps, 2] or None."""

    configurations: Sequence[Configuration]
    starts: NDArray[np.float64]
    formula: Formula
    steps: int
    noise: NDArray[np.float64] | None

    @property
    def room(self) -> int:
        """Steps that the program has room for."""
        return _power(self.steps, SHORTEST)

    @property
    def runs(self) -> int:
        """Runs that the program has room for."""
        return _power(len(self.configurations) * len(self.starts))

    def arguments(self) -> tuple[Any, ...]:
        """What the program is called with."""
        names = self.configurations[0].numbers
        n = len(self.starts)

        def filled(values: NDArray[Any]) -> NDArray[Any]:
            return np.concatenate([values, np.repeat(values[-1:], self.runs - len(values), axis=0)])

        numbers = {k: filled(np.repeat([c.numbers[k] for c in self.configurations], n)) for k in names}
        noise = np.zeros((self.room, 2))
        if self.noise is not None:
            noise[: self.steps] = self.noise
        starts = filled(np.tile(self.starts, (len(self.configurations), 1)))
        return starts, numbers, np.array(self.formula.numbers, np.float64), noise, np.int32(self.steps)

    def results(self, path: Any, values: Any) -> list[Paths]:
        """Of each configuration: paths [starts, steps + 1, 2] and values [starts, steps + 1]."""
        path, values = np.asarray(path).swapaxes(0, 1), np.asarray(values).swapaxes(0, 1)
        n = len(self.starts)
        return [
            (path[i * n : (i + 1) * n, : self.steps + 1], values[i * n : (i + 1) * n, : self.steps + 1])
            for i in range(len(self.configurations))
        ]


def _power(n: int, least: int = 1) -> int:
    return max(least, 1 << (n - 1).bit_length())


def descend_all(jobs: Sequence[Job], own: Own) -> list[list[Paths]]:
    """The results of every job, in order."""
    made = [_PROGRAMS.find(_key(job, own)) for job in jobs]
    missing = [i for i, one in enumerate(made) if one is None]
    if missing:
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            for i, program in zip(missing, pool.map(lambda i: _compiled(jobs[i], own), missing), strict=True):
                made[i] = program
                _PROGRAMS.keep(_key(jobs[i], own), program)
    with exact():
        running = [program(*job.arguments()) for program, job in zip(made, jobs, strict=True)]
        return [job.results(*out) for job, out in zip(jobs, running, strict=True)]


class _Kept:
    """The programs used last, by key; for several threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._held: OrderedDict[Any, Any] = OrderedDict()

    def find(self, key: Any) -> Any:
        """The program, or None."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Any, program: Any) -> None:
        """Keep one more, and let the one used longest ago go."""
        with self._lock:
            self._held[key] = program
            while len(self._held) > self._most:
                self._held.popitem(last=False)


_PROGRAMS = _Kept(MOST_PROGRAMS)


def _key(job: Job, own: Own) -> Any:
    configuration = job.configurations[0]
    return configuration.lane, own.of(configuration), job.formula.code, job.runs, job.room


def _compiled(job: Job, own: Own) -> Any:
    with exact():
        shapes = jax.tree.map(lambda a: jax.ShapeDtypeStruct(a.shape, a.dtype), job.arguments())
        run = _run(job.configurations[0], job.formula, own, job.room)
        return jax.jit(run).lower(*shapes).compile(compiler_options=QUICK if job.runs <= FEW else None)


def _run(
    configuration: Configuration, formula: Formula, own: Own, room: int
) -> Callable[..., tuple[jax.Array, jax.Array]]:
    """(starts, numbers, the formula's numbers, noise, steps) -> path [room + 1, runs, 2], values [room + 1, runs]."""
    own_factory, own_rates = own.of(configuration)
    factory, evaluation_parameters = optimizer_of(configuration, own_factory)
    names = [n for n in configuration.numbers if is_optimizers(n)]
    if own_factory is not None:
        given = {*names, "learning_rate"} if own_rates is not None else names
        trial(configuration.label, factory, given, jax.ShapeDtypeStruct((2,), jnp.result_type(float)))

    def run(starts: Any, numbers: Any, constants: Any, noise: Any, steps: Any) -> tuple[jax.Array, jax.Array]:
        schedule = RunSchedule(configuration, 1, steps, own_rates)

        def value(point: Any) -> Any:
            return evaluate(formula.code, constants, point[0], point[1])

        def rule(numbers: Any, step: Any, plateau: Any) -> Any:
            given = {n: numbers[n] for n in names}
            if schedule.sets_rates:
                given["learning_rate"] = schedule.rate(numbers, step, plateau)
            return optax.with_extra_args_support(factory(**given))

        def judged(state: Any, point: Any) -> Any:
            return point if evaluation_parameters is None else evaluation_parameters(state, point)

        def begin(start: Any, numbers: Any) -> Any:
            plateau = schedule.init(numbers)
            return start, rule(numbers, 0, plateau).init(start), plateau

        def step(carry: Any, numbers: Any, i: Any) -> Any:
            point, state, plateau = carry
            height, slope = jax.value_and_grad(value)(point)
            slope = slope + noise[i]
            one = rule(numbers, i, plateau)
            move, state = one.update(slope, state, point, value=height, grad=slope, value_fn=value)
            point = optax.apply_updates(point, move)
            return (point, state, schedule.observe(plateau, numbers, height)), judged(state, point)

        def all_step(i: Any, carry: Any) -> Any:
            state, path = carry
            state, points = jax.vmap(step, (0, 0, None))(state, numbers, i)
            return state, path.at[i + 1].set(points)

        path = jnp.zeros((room + 1, *starts.shape), starts.dtype).at[0].set(starts)
        _, path = jax.lax.fori_loop(0, steps, all_step, (jax.vmap(begin)(starts, numbers), path))
        return path, jax.vmap(jax.vmap(value))(path)

    return run
