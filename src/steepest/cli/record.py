"""`steepest record`: run the fastest recipe known to an accuracy."""

from __future__ import annotations

import sys

import click

__all__ = ["command"]


@click.command("record")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--seeds", metavar="N", default="10", show_default=True, help="Runs, one after another.")
def command(name: str | None, seeds: str) -> None:
    """Run the fastest recipe found to an accuracy on MNIST (NAME: mnist-98, …; `mnist` for all) and time it here."""
    from ..core.registry import unknown
    from ..racing.choices import whole_number
    from ..racing.record import RECORDS, Attempt, attempt, mean_and_spread

    n = whole_number(seeds, "seeds")
    names = [one for one in RECORDS if name in (None, one) or one.startswith(f"{name}-")]
    if not names:
        raise unknown("record", name, tuple(RECORDS))

    def tell(done: Attempt) -> None:
        print(f"  seed {done.seed}: {done.accuracy:.4f} in {done.seconds:.2f} s", file=sys.stderr, flush=True)

    for one in names:
        record = RECORDS[one]
        attempts = attempt(one, n, tell)
        accuracy, spread = mean_and_spread([a.accuracy for a in attempts])
        seconds, jitter = mean_and_spread([a.seconds for a in attempts])
        verdict = "reached" if accuracy >= record.target else "missed"
        print(f"{one}: {record.workload}, {record.recipe}")
        print(f"  test accuracy {accuracy:.4f} ± {spread:.4f} (n={n}): {record.target:.0%} {verdict}")
        print(
            f"  training {seconds:.2f} ± {jitter:.2f} s a run, lowest {min(a.seconds for a in attempts):.2f} s;",
            end=" ",
        )
        print(f"compiling {max(a.compile_s for a in attempts):.1f} s and loading the data not counted")
