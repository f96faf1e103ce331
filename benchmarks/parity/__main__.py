"""Print the table, write it to benchmarks/results/parity.txt, and exit 1 if any setting strays."""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ["KERAS_BACKEND"] = "jax"

import jax

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

TOLERANCE = 1e-9  # float64 leaves 2e-16 a step; screened settings keep 200 steps of it within 1e-11
FEWEST = 8  # screened settings that every optimiser and dialect must have on every problem
RESULTS = Path(__file__).parents[1] / "results" / "parity.txt"


@contextlib.contextmanager
def _quiet():  # type: ignore[no-untyped-def]
    """TensorFlow greets on stderr from C++ while it loads."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _shown(setting: dict[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in setting.items()) or "defaults"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.parity", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one setting and one problem each; writes no file")
    parser.add_argument("--only", metavar="NAME", help="one optimiser; writes no file")
    options = parser.parse_args(argv)

    with _quiet():
        from .peers import PEERS, versions
    from steepest.optimizers import OPTIMIZERS

    from .cases import settings_of, telling
    from .problems import PROBLEMS
    from .replay import STEPS, Outcome, replay

    began, lines, failures, worst = time.perf_counter(), [], [], 0.0

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    found = ", ".join(f"{name} {version}" for name, version in versions().items())
    say("Parity: each optimiser against the library its dialect names, " + f"{STEPS} float64 steps a setting.")
    say(f"Python {platform.python_version()}, {found}; Keras on its JAX backend.")
    say("Error: worst relative difference of the parameters over all steps and problems that pass the screen;")
    say(f"a problem is left out (chaotic) where rounding alone strays; verdict: at most {TOLERANCE:.0e}.")
    say("")
    say(f"{'optimiser':14}{'dialect':9}{'settings':76}{'problems':>9}{'error':>10}  verdict")
    for optimizer in [options.only] if options.only else OPTIMIZERS:
        for dialect, arguments in OPTIMIZERS.module(optimizer).DIALECTS.items():
            if dialect not in PEERS:
                continue
            counted = {problem.name: 0 for problem in PROBLEMS}
            settings = settings_of(optimizer, arguments)
            for setting in [telling(settings)] if options.quick else settings:
                outcomes: list[Outcome] = replay(PEERS[dialect], optimizer, dialect, setting, quick=options.quick)
                kept = [one for one in outcomes if not one.chaotic]
                for one in kept:
                    counted[one.problem] += 1
                error = max((one.error for one in kept), default=0.0)
                worst = max(worst, error)
                verdict = "same" if error <= TOLERANCE else "DIFFERS"
                verdict = verdict if kept else "chaotic"
                if verdict == "DIFFERS":
                    failures.append(f"{optimizer} {dialect} {_shown(setting)}: {error:.1e}")
                share = f"{len(kept)}/{len(outcomes)}"
                say(f"{optimizer:14}{dialect:9}{_shown(setting):76}{share:>9}{error:10.1e}  {verdict}")
            thin = {name: n for name, n in counted.items() if n < FEWEST}
            if thin and not options.quick:
                failures.append(f"{optimizer} {dialect}: fewer than {FEWEST} screened settings on {thin}")
    say("")
    say(f"worst {worst:.1e}, {len(failures)} failed, {time.perf_counter() - began:.0f} s")
    for failure in failures:
        say(f"FAILED {failure}")
    if not (options.quick or options.only):
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
