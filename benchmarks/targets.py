"""Does every workload reach its target by its own recipe? Each is trained with five seeds; the worst seed counts.

python -m benchmarks.targets              prints the table, writes benchmarks/results/targets.md
python -m benchmarks.targets mnist-cnn    this line anew, the others as they stand in the file
"""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import steepest
from steepest.workloads.registry import WORKLOADS

SEEDS = 5
RESULTS = Path(__file__).parent / "results" / "targets.md"


def row(name: str) -> str:
    """One line of the table."""
    workload = WORKLOADS.load(name)
    race = steepest.race(name, seeds=SEEDS)
    (best,) = race.ranking[:1]
    metric = f"test_{workload.target.metric}" if workload.target else race.metric
    values = [run.metrics[metric] for run in race.runs if run.configuration == best["configuration"]]
    goal = f"≥ {workload.target.value:g}" if workload.target else "–"
    recipe = f"{best['optimizer']} {best['hyperparameters']['learning_rate']:g}"
    recipe += f", batch {best['hyperparameters']['batch_size']}, {best['hyperparameters']['schedule']}"
    spread = f"{min(values):.4f} … {max(values):.4f}"
    return (
        f"| `{name}` | {recipe}, {race.spec.epochs:g} epochs | {goal} | {sum(values) / len(values):.4f} | {spread} "
        f"| {race.wall_s / SEEDS:.1f} s |"
    )


def main() -> None:
    """Print and write the table."""
    lines = [
        f"Test accuracy of each workload by its own recipe, {SEEDS} seeds. "
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, JAX {version('jax')}.",
        "",
        "| workload | recipe | target | mean | lowest … highest | a run |",
        "|---|---|---|---|---|---|",
    ]
    wanted = sys.argv[1:] or list(WORKLOADS)
    if strange := [name for name in wanted if name not in WORKLOADS]:
        sys.exit(f"no workload {strange[0]!r}: there are {', '.join(WORKLOADS)}")
    old = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    for name in WORKLOADS:
        if name in wanted:
            print(line := row(name), flush=True)
            lines.append(line)
        else:
            lines += [line for line in old if line.startswith(f"| `{name}` |")]
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
