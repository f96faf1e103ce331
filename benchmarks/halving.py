"""Does halving crown the same winner? Full races, then the same races with elimination replayed on their records.

    python -m benchmarks.halving        prints the table, writes benchmarks/results/halving.md

A run's numbers do not depend on who races beside it, so replaying `survivors` on the records of a full race tells what
halving would have done. The winner is the setting with the best validation mean: the same when halving's has that
mean too (on small validation sets several may share it). "As good" counts races whose halved winner is tied with
the full race's on the test metric (paired t-test over seeds, 5 %); the regret is how much of it is lost.
"""

from __future__ import annotations

import math
import os
import platform
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import steepest
from steepest.stats.halving import LEVEL, RUNGS, survivors
from steepest.stats.intervals import paired_p_value

RESULTS = Path(__file__).parent / "results" / "halving.md"
RACES, SEEDS = 20, 3
FIRST_SEED = 100  # the rule was chosen on races of lower seeds
OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
CASES = {
    "digits-mlp": {"epochs": 8},
    "mnist-softmax": {"epochs": 2, "samples": 8_000},
    "mnist-mlp": {"epochs": 2, "samples": 6_000},
    "cancer-neuron": {"epochs": 60, "batch_size": 32},
}

Curves = dict[int, dict[int, list[tuple[int, float]]]]  # configuration -> seed index -> [(step, value)]


def at(curve: list[tuple[int, float]], share: float) -> float:
    """The first value recorded at or after this share of the steps."""
    return next((value for step, value in curve if step >= share * curve[-1][0]), curve[-1][1])


def replay(curves: Curves, labels: dict[int, str]) -> tuple[set[int], float]:
    """The configurations that reach the end, and the share of the steps that is made."""
    alive, steps, made = set(curves), 0.0, 0.0
    for rung in RUNGS:
        steps, made = steps + len(alive) * (rung - made), rung
        alive = survivors(
            {c: labels[c] for c in alive}, {c: [at(one, rung) for one in curves[c].values()] for c in alive}
        )
    return alive, (steps + len(alive) * (1 - made)) / len(curves)


def examine(race: steepest.Race) -> tuple[bool, bool, float, float]:
    """(same winner, as good a winner, regret, share of the steps) of one full race."""
    name = f"validation_{race.spec.facts['metric']}"
    curves: Curves = defaultdict(dict)
    for run, points in race.curves((name,))[name].items():
        configuration, seed = divmod(run, SEEDS)
        curves[configuration][seed] = points
    whole = {c: per_seed for c, per_seed in curves.items() if len(per_seed) == SEEDS}
    labels = {c: race.spec.configurations[c].label for c in whole}
    alive, share = replay(whole, labels)
    final = {c: sum(p[-1][1] for p in per_seed.values()) for c, per_seed in whole.items()}
    winner, halved = max(final, key=lambda c: final[c]), max(alive, key=lambda c: final[c])
    tests = {c: [race.runs[c * SEEDS + k].metrics[race.metric] for k in range(SEEDS)] for c in (winner, halved)}
    p = paired_p_value(tests[winner], tests[halved])
    return (
        math.isclose(final[winner], final[halved], rel_tol=LEVEL),
        winner == halved or (p is not None and p > 0.05),
        (sum(tests[winner]) - sum(tests[halved])) / SEEDS,
        share,
    )


def main() -> None:
    """Print and write the table."""
    lines = [
        f"{RACES} races a row of {len(OPTIMIZERS)} optimisers × 9 rates × {SEEDS} seeds. "
        f"{platform.machine()}, {os.cpu_count()} cores, JAX {version('jax')}.",
        "",
        "| workload | same winner | as good | mean regret (test) | steps made |",
        "|---|---|---|---|---|",
    ]
    for workload, options in CASES.items():
        found = []
        for i in range(RACES):
            seeds = [FIRST_SEED + i * SEEDS + k for k in range(SEEDS)]
            race = steepest.race(workload, OPTIMIZERS, lr="1e-4..1:9", seeds=seeds, **options)
            found.append(examine(race))
        same, good, regret, share = (sum(column) / RACES for column in zip(*found, strict=True))
        lines.append(f"| `{workload}` | {same:.0%} | {good:.0%} | {regret:+.4f} | {share:.0%} |")
        print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
