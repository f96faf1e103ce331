"""Start a race, or take up one that was cut short."""

from __future__ import annotations

import math
import os
import platform
import tempfile
import weakref
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from shlex import quote
from shutil import rmtree
from typing import Any

import jax

from ..core.axes import Axis, parse_axis
from ..core.errors import BadValue
from ..core.interruption import ending
from ..core.language import reader
from ..core.spec import RaceSpec
from ..devices import prepare
from ..nn.metric import declared
from ..store import RunRow, Store
from ..surfaces.loading import point
from ..workloads.checks import check
from ..workloads.loading import is_named, located
from ..workloads.loading import workload as load_workload
from ..workloads.surfaces import PREFIX
from ..workloads.workload import Workload
from .choices import common_choices, seed_list, whole_number
from .crossing import check_rates, configurations, count
from .dealing import deal_race, lanes_of
from .entries import Optimizer, with_rates
from .entries import entries as all_entries
from .estimate import check_size, parameters
from .in_notebook import Shown, in_notebook
from .own import Own, own_again, own_of
from .plans import plan_lane
from .progress import Progress
from .raced_on import raced_on
from .results import Race, Run
from .runner import Runner
from .schedule import Schedules, listed_schedules

__all__ = ["race", "resume", "train"]

Tell = Callable[[Progress], None]


def race(
    workload: str | Workload,
    optimizers: Sequence[Optimizer] | Optimizer | None = None,
    *,
    lr: Axis | None = None,
    batch_size: Axis | None = None,
    seeds: int | str | Sequence[int] = 3,
    epochs: float | str | None = None,
    schedule: Schedules | None = None,
    init: str | Sequence[str] | None = None,
    init_scale: Axis | None = None,
    l1: Axis | None = None,
    l2: Axis | None = None,
    keep_prob: Axis | None = None,
    scaling: str | None = None,
    samples: int | str | None = None,
    start: str | Sequence[float] | None = None,
    quick: bool = False,
    halving: bool = False,
    width: int | str | None = None,
    out: str | Path | None = None,
    command: str = "",
    progress: Tell | None = None,
) -> Race:
    """Race every optimizer at every point of its axes with every seed, and return the results.

    workload      an id, `surface:NAME` (or a formula for NAME), `file.py:name`, or a `Workload`
    optimizers    names with keys (`"adam:beta1=0.8,0.9"`, `"optax.adabelief:b1=0.9,0.95"`, `"file.py:name:beta=0.8"`),
                  factories, or (name, factory) and (name, factory, {"beta": [0.8, 0.9]}): floats and lists are axes,
                  traced, all else is structure; None for the workload's own recipe
    lr            learning-rate axis of the entries that bring none: a number, numbers, or text like `1e-4..1:9`
    batch_size, l1, l2, keep_prob, init_scale   axes; init: one name or several
    schedule      one or several: names (`"warmup:epochs=1+cosine"`), or functions from the step of the run to the
                  learning rate itself, any schedule of Optax's, which stand in place of lr; also (name, function)
    seeds         how many, or which
    epochs, samples   passes over the training split, and how many of its samples; quick: the workload's short form
    start         of every run on a surface, (x, y) or `"x,y"`; None lets each seed draw one
    halving       stop settings that fall behind early (successive elimination): a third of the steps, and nearly always
                  the same winner; what is stopped has no test metric
    width         runs side by side on a device; None lets the plan choose. With a width given, a run's numbers are the
                  same to the bit whoever races beside it
    out           the folder that keeps the race; None keeps it for as long as the returned `Race` lives
    progress      called with a `Progress` after every chunk; None: in a notebook a display, else nothing

    Raises `UserError` (a `ValueError`) in one line for what cannot be raced, before anything is computed.
    """
    prepare()
    options: dict[str, Any] = {
        "scaling": scaling,
        "samples": None if samples is None else whole_number(samples, "samples"),
        "start": None if start is None else list(point(start)),
    }
    options = {k: v for k, v in options.items() if v is not None}
    given = load_workload(workload)
    options = {**(given.quick if quick else {}), **options}
    chosen = _once(load_workload(given, **options))
    origin = _origin(workload)
    if origin:  # ours are held to it by the tests
        check(chosen)
    if optimizers is None:  # the workload's own recipe
        optimizers, schedule = chosen.optimizers, schedule or chosen.schedule
        if lr is None and any(isinstance(one, str) for one in listed_schedules(schedule)):
            lr = chosen.learning_rates
    entries = all_entries(optimizers)
    if not entries:
        raise BadValue("a race needs at least one optimizer; add e.g. -o adam")
    if lr is not None:
        rates = parse_axis(lr, "learning rate")
        entries = [with_rates(e, rates) for e in entries]
    groups = common_choices(
        batch_size=chosen.batch_size if batch_size is None else batch_size,
        schedule=schedule,
        init=init,
        init_scale=init_scale,
        l1=l1,
        l2=l2,
        keep_prob=keep_prob,
    )
    check_rates(entries, groups)
    own = own_of(entries, groups)
    seeds = seed_list(seeds)
    size = parameters(chosen)
    folder = Path(out) if out is not None else Path(tempfile.gettempdir())
    check_size(count(entries, groups) * len(seeds), size, folder)
    spec = RaceSpec(
        workload=workload if isinstance(workload, str) else chosen.id,
        configurations=tuple(configurations(entries, groups)),
        seeds=seeds,
        epochs=_epochs(chosen.epochs if epochs is None else epochs),
        options=options,
        halving=halving,
        command=command,
    )
    fixed = None if width is None else whole_number(width, "width")
    spec = _planned(spec, chosen, own, size, fixed)
    spec = replace(spec, facts={**spec.facts, **origin, "temporary": out is None})
    temporary = tempfile.mkdtemp(prefix="steepest-") if out is None else None
    path = Path(temporary) if temporary else folder
    swept = ending(partial(rmtree, temporary)) if temporary else nullcontext()
    told = nullcontext() if temporary else ending(partial(_going_on, path))
    try:
        with swept, Store.create(path, spec.to_json(), _rows(spec)) as store, told:
            Runner(store, spec, chosen, own, progress or _shown()).run()
    except BaseException:
        if temporary:
            rmtree(temporary, ignore_errors=True)
        raise
    result = Race(path, given)
    if temporary:
        weakref.finalize(result, rmtree, temporary, ignore_errors=True)
    return result


def resume(
    path: str | Path,
    *,
    workload: str | Workload | None = None,
    optimizers: Sequence[Optimizer] = (),
    schedules: Schedules = (),
    progress: Tell | None = None,
) -> Race:
    """Finish a race that was cut short; the numbers are those it would have had.

    A race on a `Workload`, or with factories or schedules, that only the program has needs them again.
    """
    prepare()
    with Store.open(path, write=True) as store, ending(partial(_going_on, path)):
        spec = RaceSpec.from_json(store.spec)
        own = own_again(spec, optimizers, schedules)
        chosen = _once(raced_on(spec, path, workload))
        Runner(store, spec, chosen, own, progress or _shown()).run()
    return Race(path, workload)


def train(workload: str | Workload, optimizer: Optimizer | None = None, *, seed: int = 0, **options: Any) -> Run:
    """Train one network: a race of one run. `options` are those of `race`. Returns the run."""
    result = race(workload, None if optimizer is None else [optimizer], seeds=[seed], **options)
    if len(result.runs) != 1:
        raise BadValue(f"train makes one run, but these options make {len(result.runs)}; use race")
    return result.runs[0]


def _going_on(path: str | Path) -> str:
    """What to do about a race that was cut short."""
    return {"en": "go on with", "zh": "继续"}[reader()] + f": steepest resume {quote(str(path))}"


def _once(workload: Workload) -> Workload:
    """The workload with its data made at most once, however often they are asked for."""
    return replace(workload, data=cache(workload.data))


def _origin(workload: str | Workload) -> dict[str, Any]:
    """What leads back to the workload: the file that it is in, or that it is a program's own; nothing when named."""
    if isinstance(workload, str):
        place = located(workload)
        return {"file": place} if place else {}
    return {} if is_named(workload) else {"own": True}


def _shown() -> Tell | None:
    """What shows progress where nothing was asked for: in a notebook a display, else nothing."""
    return Shown() if in_notebook() else None


def _epochs(value: Any) -> float:
    (epochs,) = parse_axis(str(value), "epochs")
    if epochs <= 0:
        raise BadValue(f"epochs must be above 0, got {value}")
    return epochs


def _rows(spec: RaceSpec) -> list[RunRow]:
    members = [(m, dealt.lane, slab) for slab, dealt in enumerate(deal_race(spec)) for row in dealt.rows for m in row]
    return [
        RunRow(m.id, c.label, c.hyperparameters, m.seed, lane, slab)
        for m, lane, slab in sorted(members, key=lambda member: member[0].id)
        for c in (spec.configurations[m.id // len(spec.seeds)],)
    ]


def _planned(spec: RaceSpec, workload: Workload, own: Own, size: int, width: int | None) -> RaceSpec:
    """The spec with a layout for every lane and the facts that reports need."""
    splits = workload.data()
    samples = len(splits.train)
    plans = [
        plan_lane(spec, workload, own, [spec.configurations[i] for i in members], size, width)
        for members in lanes_of(spec.configurations)
    ]
    batch = int(spec.configurations[0].structure["batch_size"] or samples)
    metric = next(iter(workload.metrics))
    target = workload.target
    facts = {
        "title": dict(workload.title) or {"en": workload.id, "zh": workload.id},
        "metric": metric,
        "higher": {name: declared(name, of).better == "more" for name, of in workload.metrics.items()},
        "target": target and {"metric": f"test_{target.metric}", "value": target.value},
        "parameters": size,
        "inputs": 0 if workload.id.startswith(PREFIX) else math.prod(splits.train.x.shape[1:]),
        "reads_digits": splits.train.x.shape[1:] == (28, 28) and splits.train.x.dtype == "uint8",
        "samples": samples,
        "steps_per_epoch": math.ceil(samples / min(batch, samples)),
        "plan": [plan.reason for plan in plans],
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "steepest": version("steepest"),
            "python": platform.python_version(),
            **{name: version(name) for name in ("jax", "jaxlib", "optax", "equinox", "numpy")},
            "platform": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {jax.default_backend()}",
        },
    }
    return replace(spec, layouts=tuple(plan.layout for plan in plans), facts=facts)
