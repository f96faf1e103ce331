"""Do the leaderboard's statistics hold what they say? Coverage, level, power by simulation, and the bias of choosing.

    python -m benchmarks.statistics        prints the tables, writes benchmarks/results/statistics.md

Values are drawn from distributions whose mean is known, entries that are equal or whose leader is ahead by a known
distance, and put through `steepest.stats`. Procedures that did worse are drawn up here for comparison, and only here.
The last table is a real race: settings are chosen with three of its seeds, and what they reported is held against the
mean of the other seeds.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.special import stdtr, stdtrit
from scipy.stats import studentized_range

import steepest
from steepest.stats.comparison import critical, differences, study
from steepest.stats.intervals import intervals

RESULTS = Path(__file__).parent / "results" / "statistics.md"
SEEDS, ENTRIES, TABLES, LEVEL = (3, 5, 10), (2, 4, 8, 15), 10_000, 0.05
Draw = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]
NOISE: dict[str, Draw] = {  # all of mean 0
    "normal": lambda r, size: r.standard_normal(size),
    "Student, 3 df": lambda r, size: r.standard_t(3, size) / np.sqrt(3),
    "Laplace": lambda r, size: r.laplace(size=size) / np.sqrt(2),
    "exponential": lambda r, size: r.exponential(size=size) - 1,
    "log-normal, σ 0.5": lambda r, size: r.lognormal(0, 0.5, size) - np.exp(0.125),
    "log-normal, σ 1": lambda r, size: r.lognormal(0, 1, size) - np.exp(0.5),
}


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]
    print(*lines, "", sep="\n", flush=True)
    return [*lines, ""]


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


# intervals -----------------------------------------------------------------------------------------------------


def student(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    half = stdtrit(x.shape[1] - 1, 0.975) * x.std(1, ddof=1) / np.sqrt(x.shape[1])
    return x.mean(1) - half, x.mean(1) + half


def johnson(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Moved by the sample's third moment (Johnson 1978)."""
    low, high = student(x)
    n, centred = x.shape[1], x - x.mean(1, keepdims=True)
    third = (centred**3).sum(1) * n / ((n - 1) * (n - 2))
    move = third / (6 * x.var(1, ddof=1) * n)
    return low + move, high + move


def hall(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Student's t made symmetric by a cubic in it (Hall 1992), turned round."""
    n, centred, s = x.shape[1], x - x.mean(1, keepdims=True), x.std(1, ddof=1)
    skew = (centred**3).sum(1) * n / ((n - 1) * (n - 2)) / s**3
    y = stdtrit(n - 1, 0.975) / np.sqrt(n)
    ends = [s * 3 / skew * (np.cbrt(1 + skew * (e - skew / (6 * n))) - 1) for e in (y, -y)]
    return x.mean(1) - ends[0], x.mean(1) - ends[1]


def bootstrap(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    picks = np.random.default_rng(0).integers(x.shape[1], size=(1_000, x.shape[1]))
    low, high = np.quantile(x[:2_000][:, picks].mean(2), [0.025, 0.975], axis=1)
    return low, high


def coverage() -> list[str]:
    methods = {
        "ours": intervals,
        "Student's": student,
        "Johnson's": johnson,
        "Hall's": hall,
        "percentile bootstrap": bootstrap,
    }
    rows = []
    for name, method in methods.items():
        cells = []
        for draw in NOISE.values():
            ends = [method(draw(np.random.default_rng(n), (100_000, n))) for n in SEEDS]
            cells.append(" · ".join(percent(np.mean((low <= 0) & (high >= 0))) for low, high in ends))
        rows.append([name, *cells])
    return table(["", *NOISE], rows)


# comparison with the best --------------------------------------------------------------------------------------


def ours(x: np.ndarray) -> np.ndarray:
    known = np.ones(x.shape[1:], bool)
    _, lag, error = study(x, known)
    return lag / error > critical(known)


def pairs(x: np.ndarray) -> np.ndarray:
    """p of Student's paired test of every entry against the leader, chosen from the same table; 1 for the leader."""
    leader = x.mean(2).argmax(1)
    d = x[np.arange(len(x)), leader][:, None] - x
    with np.errstate(invalid="ignore", divide="ignore"):
        t = d.mean(2) / d.std(2, ddof=1) * np.sqrt(x.shape[2])
    return np.where(np.isnan(t), 1, 2 * stdtr(x.shape[2] - 1, -np.abs(t)))


def paid(x: np.ndarray) -> np.ndarray:
    """The paired tests with a critical value that pays for the choice of the leader, drawn."""
    noise = np.random.default_rng(0).standard_normal((20_000, *x.shape[1:]))
    return pairs(x) < np.quantile(pairs(noise).min(1), LEVEL)


def uncorrected(x: np.ndarray) -> np.ndarray:
    return pairs(x) <= LEVEL


def holm(x: np.ndarray) -> np.ndarray:
    p = pairs(x)
    order = p.argsort(1)
    steps = x.shape[1] - 1 - np.arange(x.shape[1]).clip(max=x.shape[1] - 2)
    adjusted = np.maximum.accumulate(np.take_along_axis(p, order, 1) * steps, 1)
    return np.take_along_axis(adjusted, order.argsort(1), 1) <= LEVEL


def blocks(x: np.ndarray) -> np.ndarray:
    """Lag behind the leader by the standard error of a mean, its variance pooled over the two-way layout."""
    rest = x - x.mean(2, keepdims=True) - x.mean(1, keepdims=True) + x.mean((1, 2), keepdims=True)
    k, n = x.shape[1:]
    error = np.sqrt((rest**2).sum((1, 2)) / ((k - 1) * (n - 1)) / n)
    return (x.mean(2).max(1, keepdims=True) - x.mean(2)) / error[:, None]


def tukey(x: np.ndarray) -> np.ndarray:
    k, n = x.shape[1:]
    return blocks(x) > studentized_range.ppf(1 - LEVEL, k, (k - 1) * (n - 1))


def hsu(x: np.ndarray) -> np.ndarray:
    """Multiple comparisons with the best: Dunnett's one-sided critical value, drawn."""
    k, n = x.shape[1:]
    r = np.random.default_rng(0)
    z = r.standard_normal((100_000, k))
    scale = np.sqrt(r.chisquare((k - 1) * (n - 1), (100_000, 1)) / ((k - 1) * (n - 1)))
    return blocks(x) > np.quantile(((z[:, :1] - z[:, 1:]) / scale).max(1), 1 - LEVEL)


def spreads(kind: str, entries: int) -> np.ndarray:
    """Standard deviations of the entries, [entries, 1]."""
    s = np.ones(entries)
    if kind == "one wild":
        s[-1] = 10
    elif kind == "half wild":
        s[entries // 2 :] = 3
    return s[:, None]


def level() -> list[str]:
    rows = []
    for n in SEEDS:
        for entries in ENTRIES:
            r, size = np.random.default_rng(1000 * n + entries), (TABLES, entries, n)
            cells = [percent(ours(NOISE[name](r, size)).any(1).mean()) for name in list(NOISE)[:4]]
            for kind in ("one wild", "half wild"):
                cells.append(percent(ours(r.standard_normal(size) * spreads(kind, entries)).any(1).mean()))
            rows.append([str(n), str(entries), *cells])
    return table(["seeds", "entries", *list(NOISE)[:4], "one entry × 10", "half × 3"], rows)


def power() -> list[str]:
    rows = []
    for n in SEEDS:
        for entries in ENTRIES:
            cells = []
            for ahead in (2, 4):
                x = np.random.default_rng(entries).standard_normal((TABLES, entries, n))
                x[:, 0] += ahead
                found = ours(x)[:, 1:]
                cells += [percent(found.mean()), percent(found.all(1).mean())]
            rows.append([str(n), str(entries), *cells])
    return table(["seeds", "entries", "2 sd: each", "2 sd: all", "4 sd: each", "4 sd: all"], rows)


def together() -> str:
    """How often the intervals of all differences hold, of entries that are not equal."""
    r, truth = np.random.default_rng(5), np.array([0, 0.3, 1, 1, 2, 4.0])
    shares = []
    for n in SEEDS:
        held = 0
        for x in truth[:, None] + r.standard_normal((1_000, len(truth), n)):
            found = differences(x)
            true = truth - truth[found.leader]
            held += bool(((found.low <= true) & (true <= found.high)).all())
        shares.append(f"{percent(held / 1_000)} % at n = {n}")
    return ", ".join(shares)


def candidates() -> list[str]:
    procedures = {
        "ours": ours,
        "paired tests, uncorrected": uncorrected,
        "Holm over paired tests": holm,
        "paired tests, the choice paid for": paid,
        "Hsu's best, pooled over blocks": hsu,
        "Tukey's range, pooled over blocks": tukey,
    }
    rows = []
    for name, told in procedures.items():
        cells = []
        for entries, n in ((4, 3), (15, 5)):
            r, size = np.random.default_rng(n), (TABLES, entries, n)
            wild = spreads("one wild", entries)
            cells += [percent(told(NOISE[kind](r, size)).any(1).mean()) for kind in ("normal", "Student, 3 df")]
            cells.append(percent(told(r.standard_normal(size) * wild).any(1).mean()))
            x = r.standard_normal(size)
            x[:, 0] += 4
            cells.append(percent(told(x)[:, 1:].mean()))
            x = r.standard_normal(size) * wild
            x[:, 0] += 4
            x[:, -1] -= 40
            cells.append(percent(told(x)[:, 1:-1].mean()))
        rows.append([name, *cells])
    heads = ["level, normal", "Student, 3 df", "one wild", "power, 4 sd", "beside one wild"]
    return table(["", *(f"{k} × {n}: {head}" for k, n in ((4, 3), (15, 5)) for head in heads)], rows)


# choosing ------------------------------------------------------------------------------------------------------


def chosen() -> list[str]:
    """Four entries of nine settings, chosen by a validation metric that shares a part of its variance with test."""
    rows = []
    for n in SEEDS:
        for shared in (0.0, 0.5, 0.9):
            for step in (0.0, 0.5):
                r, size = np.random.default_rng(n), (TABLES, 4, 9, n)
                truth = np.broadcast_to(-step * np.abs(np.arange(9) - 4)[:, None], (*size[1:3], 1))
                run = truth + np.sqrt(shared) * r.standard_normal(size)
                validation, test = (run + np.sqrt(1 - shared) * r.standard_normal(size) for _ in range(2))
                pick = validation.mean(3).argmax(2)[:, :, None, None]
                told = np.take_along_axis(test, pick, 2)[:, :, 0]
                true = np.take_along_axis(np.broadcast_to(truth, (TABLES, 4, 9, 1)), pick, 2)[:, :, 0, 0]
                low, high = intervals(told)
                best = true[np.arange(TABLES), told.mean(2).argmax(1)][:, None]
                wrong = (ours(told) & (true >= best)).any(1).mean()
                held = np.mean((low <= true) & (true <= high))
                bias = f"{round((told.mean(2) - true).mean(), 2) + 0.0:+.2f}"
                rows.append([str(n), f"{shared:g}", f"{step:g}", percent(held), percent(wrong), bias])
    heads = ["seeds", "shared variance", "between settings (sd)", "coverage", "wrongly told apart", "bias of test (sd)"]
    return table(heads, rows)


RACES = {"digits-mlp": {"epochs": 8}, "mnist-softmax": {"epochs": 2, "samples": 8_000}}
OPTIMIZERS, RUNS, CHOOSING, TIMES = ("sgd", "momentum", "rmsprop", "adam"), 20, 3, 2_000


def bias(workload: str, options: dict) -> list[str]:
    """A row of the table of real races."""
    race = steepest.race(workload, OPTIMIZERS, lr="1e-4..1:9", seeds=RUNS, **options)
    splits = [
        np.array([r.metrics.get(f"{s}_accuracy", np.nan) for r in race.runs]).reshape(-1, RUNS)
        for s in ("validation", "test")
    ]
    whole = np.isfinite(splits[1]).all(1)
    validation, test = (s[whole] for s in splits)
    r, found = np.random.default_rng(0), []
    for _ in range(TIMES):
        picked = r.permutation(RUNS)
        few, rest = picked[:CHOOSING], picked[CHOOSING:]
        best = validation[:, few].mean(1).argmax()
        low, high = intervals(test[best, few])
        true = test[best, rest].mean()
        found.append(
            [
                validation[best, few].mean() - validation[best, rest].mean(),
                test[best, few].mean() - true,
                low <= true <= high,
                validation[best].std(ddof=1),
                test[best].std(ddof=1),
                np.corrcoef(validation[best], test[best])[0, 1],
            ]
        )
    v, t, held, sv, st, shared = np.mean(found, axis=0)
    return [
        f"`{workload}`",
        f"{whole.sum()} of {len(whole)}",
        f"{100 * v:+.2f}",
        f"{100 * t:+.2f}",
        f"{100 * sv:.2f}, {100 * st:.2f}",
        f"{shared:+.2f}",
        percent(held),
    ]


TEXT = """
{about}

## The interval of a mean

How often it covers the true mean, with 3 · 5 · 10 seeds; it says 95. Ours is Student's with √(n − 5/4) for √n.

{coverage}
## Told apart from the leader though all are equal

The share of tables with any entry told apart; it says 5. The last columns are a stress: one entry with ten times the
spread of the others, or half of them with three times.

{level}
## Power

One entry ahead of equal others by 2 or 4 standard deviations of the seeds' noise: the share of the others that is told
apart, and of tables in which all of them are.

{power}
The intervals of all differences of a table hold together, of six unequal entries: {together}.

## What else was tried

The same figures of other procedures, of 4 entries with 3 seeds and 15 with 5. Paired tests without a correction call
chance a difference. Holm's leaves the choice of the leader unpaid for; paid for, paired tests have little power. Hsu's
promises that the best is not lost, not that equals are not parted. A variance pooled over blocks lets heavy tails and
one wild entry make differences, and the wild one hide those of others ("beside one wild": it is far behind).

{candidates}
## After choosing settings

Four entries, each at the best of nine settings by validation. Test and validation of a run share a part of their
variance over seeds; settings are equal or 0.5 standard deviations apart. The bias is what the choice adds to the
reported test mean, in standard deviations of a run. The level holds: all entries gain alike. The interval loses some
coverage where settings are level and the two metrics nearly the same; a race of the winner with new seeds is free
of it.

{chosen}
## The bias of choosing among 36 settings

Real races of {entries} optimisers × 9 rates × {runs} seeds: the best setting by validation with {few} seeds,
{times} times; what it reports minus the mean of its other {rest} seeds, in points of accuracy.

{bias}
"""


def main() -> None:
    """Print and write the tables."""
    about = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "jax"))
    heads = ["workload", "settings whole", "validation", "test", "sd over seeds", "correlation", "coverage of test"]
    text = TEXT.format(
        about=f"Simulated, in percent: {TABLES} tables a figure (of intervals 100 000, 2 000 bootstraps). "
        f"{about}, {versions}.",
        coverage="\n".join(coverage()),
        level="\n".join(level()),
        power="\n".join(power()),
        together=together(),
        candidates="\n".join(candidates()),
        chosen="\n".join(chosen()),
        bias="\n".join(table(heads, [bias(workload, options) for workload, options in RACES.items()])),
        entries=len(OPTIMIZERS),
        runs=RUNS,
        few=CHOOSING,
        rest=RUNS - CHOOSING,
        times=TIMES,
    )
    RESULTS.write_text(text.strip() + "\n")


if __name__ == "__main__":
    main()
