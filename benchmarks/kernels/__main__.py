"""Ours and PyTorch's step, in turns; prints the table and, unless `--only`, writes results/kernels.txt.

    python -m benchmarks.kernels [--only NETWORK] [--rounds N] [--python PATH]

`--python` is an interpreter that has PyTorch. A ratio is PyTorch's time over ours for one round; runs of PyTorch go one
after the other, each on all cores. Processor time a run is given too. Run it on a machine with nothing else to do:
beside other work PyTorch's threads wait for each other, and the ratios flatter us.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import jax

from .ours import BATCH, stepper

HERE = Path(__file__).parent
PEERS = HERE.parents[1] / ".venv-peers" / "bin" / "python"
NETWORKS = ("lenet5", "cnn", "rows_lstm")
STEPS = 16


class Peer:
    """PyTorch in a process of its own; it sleeps while we run."""

    def __init__(self, python: str) -> None:
        self.process = subprocess.Popen(
            [python, str(HERE / "peer.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.version = self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def __call__(self, name: str, steps: int) -> tuple[float, float]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name} {steps}\n")
        self.process.stdin.flush()
        wall, processor = self._line().split()
        return float(wall), float(processor)


def compare(peer: Peer, name: str, runs: int, rounds: int, split: bool) -> str:
    ours = stepper(name, runs, STEPS, split=split)
    pairs = [(ours(), peer(name, STEPS)) for _ in range(rounds)]
    a, b = [p[0][0] / runs for p in pairs], [p[1][0] for p in pairs]
    a_processor, b_processor = (min(p[side][1] for p in pairs) for side in (0, 1))
    ratios = sorted(y / x for x, y in zip(a, b, strict=True))
    form = f"{runs}, batch split" if split else str(runs)
    times = f"{min(a) * 1e3:8.1f} {median(a) * 1e3:8.1f} {min(b) * 1e3:8.1f} {median(b) * 1e3:8.1f}"
    ratio = f"{median(ratios):7.2f} [{ratios[0]:.2f}, {ratios[-1]:.2f}]"
    return f"{name:10} {form:>15} {times} {ratio} {a_processor / runs * 1e3:9.1f} {b_processor * 1e3:8.1f}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.kernels", description=__doc__)
    parser.add_argument("--only", metavar="NETWORK", choices=NETWORKS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--python", default=str(PEERS))
    options = parser.parse_args(argv)
    peer = Peer(options.python)
    versions = f"JAX {jax.__version__}, PyTorch {peer.version.split()[0]}, {os.cpu_count()} cores"
    lines = [
        f"{versions}, batch {BATCH}, float32, Adam; {options.rounds} rounds of {STEPS} steps",
        f"milliseconds a step and run; XLA_FLAGS={os.environ.get('XLA_FLAGS', '')}; "
        f"load {os.getloadavg()[0]:.1f} at the start",
        f"{'network':10} {'runs':>15} {'ours min':>8} {'median':>8} {'peer min':>8} {'median':>8}"
        "   ratio [low, high]  cpu ours     peer",
    ]
    print(*lines, sep="\n", flush=True)
    for name in (options.only,) if options.only else NETWORKS:
        for runs, split in ((1, False), (1, True), (8, False)):
            lines.append(compare(peer, name, runs, options.rounds, split))
            print(lines[-1], flush=True)
    if options.only is None:
        (HERE.parent / "results" / "kernels.txt").write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
