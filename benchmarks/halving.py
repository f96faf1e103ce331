"""Does halving crown the same winner? The same races twice, to the end and with elimination.

    python -m benchmarks.halving        prints the table, writes benchmarks/results/halving.md

The winner is the setting with the best validation mean: the same when the one that halving crowns has that mean too in
the full race (on small validation sets several may share it). "As good" counts races whose halved winner is tied with
the full race's on the test metric (Student's paired test over seeds, 5 %); the regret is how much of it is lost.
"""

from __future__ import annotations

import math
import os
import platform
from importlib.metadata import version
from pathlib import Path
from statistics import fmean

from scipy.stats import ttest_rel

import steepest
from steepest.core.status import Status
from steepest.stats.halving import LEVEL

RESULTS = Path(__file__).parent / "results" / "halving.md"
RACES, SEEDS = 20, 3
FIRST_SEED = 100  # the rule was chosen on races of other seeds
OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
CASES = {
    "digits-mlp": {"epochs": 8},
    "mnist-softmax": {"epochs": 2, "samples": 8_000},
    "mnist-mlp": {"epochs": 2, "samples": 6_000},
    "cancer-neuron": {"epochs": 60, "batch_size": 32},
}


def finals(race: steepest.Race, metric: str) -> dict[int, list[float]]:
    """Configuration -> the metric of each of its seeds, where all have reached the end."""
    values: dict[int, list[float]] = {}
    for run in race.runs:
        if run.status is Status.FINISHED:
            values.setdefault(run.configuration, []).append(run.metrics[metric])
    return {c: v for c, v in values.items() if len(v) == SEEDS}


def steps(race: steepest.Race) -> int:
    """Steps made by all runs."""
    return sum(run.steps for run in race.runs)


def examine(full: steepest.Race, halved: steepest.Race) -> tuple[bool, bool, float, float]:
    """(same winner, as good a winner, regret, share of the steps)."""
    metric = f"validation_{full.spec.facts['metric']}"
    means, kept = ({c: fmean(v) for c, v in finals(race, metric).items()} for race in (full, halved))
    winner, crowned = max(means, key=lambda c: means[c]), max(kept, key=lambda c: kept[c])
    tests = finals(full, full.metric)
    return (
        math.isclose(means[winner], means[crowned], rel_tol=LEVEL),
        tests[winner] == tests[crowned] or bool(ttest_rel(tests[winner], tests[crowned]).pvalue > 0.05),
        fmean(tests[winner]) - fmean(tests[crowned]),
        steps(halved) / steps(full),
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
            told = {"lr": "1e-4..1:9", "seeds": [FIRST_SEED + i * SEEDS + k for k in range(SEEDS)], **options}
            full, halved = (steepest.race(workload, OPTIMIZERS, halving=halving, **told) for halving in (False, True))
            found.append(examine(full, halved))
        same, good, regret, share = (fmean(column) for column in zip(*found, strict=True))
        lines.append(f"| `{workload}` | {same:.0%} | {good:.0%} | {regret:+.4f} | {share:.0%} |")
        print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
