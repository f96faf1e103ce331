"""Run the cases, print their tables, write results/CASE.json and results/README.md.

python -m benchmarks                     every case, five rounds
python -m benchmarks --only one_run --pairs 3
python -m benchmarks --quick             toy sizes, one round: does everything work?
python -m benchmarks --list
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .cases import CASES, Case, load
from .machine import describe, versions
from .quiet import settle
from .rounds import ROOT, compare, peers_python, play_contest
from .table import document, table

RESULTS = Path(__file__).parent / "results"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _export(case: Case, folder: Path) -> tuple[set[str], list[str]]:
    """Write the data of the case's workloads; those that this version has, and why the others are missing."""
    have, missing = set(), []
    for name in sorted({w for contest in case.contests for w in contest.workloads}):
        command = [sys.executable, "-m", "benchmarks.export", str(folder / "data"), name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode == 0:
            have.add(name)
        else:
            missing.append(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    return have, missing


def measure(case: Case, pairs: int, quick: bool) -> dict[str, Any]:
    """Play every contest of a case; the content of its JSON file."""
    started = time.perf_counter()
    load_average = settle(0 if quick else 60)
    contests = []
    with tempfile.TemporaryDirectory(prefix="steepest-bench-") as temporary:
        folder = Path(temporary)
        have, left_out = _export(case, folder)
        for contest in case.contests:
            if not set(contest.workloads) <= have:
                continue
            _tell(f"{case.name}: {contest.title}")
            sides = play_contest(contest, pairs, folder, _tell)
            played = {
                "title": contest.title,
                "per": contest.per,
                "sides": [side.as_dict() for side in sides],
                "comparisons": {s.side.name: compare(contest, sides[0], s) for s in sides[1:]},
            }
            print(table(played) + "\n", flush=True)
            contests.append(played)
    return {
        "case": case.name,
        "title": case.title,
        "about": case.about,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": describe(),
        "load": load_average,
        "versions": {"ours": versions(sys.executable), "peers": versions(peers_python())},
        "toy": quick,
        "took_s": time.perf_counter() - started,
        "contests": contests,
        "left_out": left_out,
    }


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run the cases, write the files. 1 when a side failed, or accuracies differ."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=CASES, metavar="CASE", help="this case; may be repeated")
    parser.add_argument("--pairs", type=int, help="rounds of each contest (5; with --quick 1)")
    parser.add_argument("--quick", action="store_true", help="toy sizes; the results go to a temporary folder")
    parser.add_argument("--out", type=Path, help="where the results go (benchmarks/results)")
    parser.add_argument("--list", action="store_true", help="say which cases there are")
    told = parser.parse_args(argv)
    if told.list:
        for name in CASES:
            print(f"{name:12} {load(name).title}")
        return 0
    out = told.out or (Path(tempfile.mkdtemp(prefix="steepest-bench-")) if told.quick else RESULTS)
    out.mkdir(parents=True, exist_ok=True)
    bad = False
    for name in told.only or CASES:
        result = measure(load(name, quick=told.quick), told.pairs or (1 if told.quick else 5), told.quick)
        (out / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        known = [out / f"{each}.json" for each in CASES]
        (out / "README.md").write_text(document([json.loads(f.read_text()) for f in known if f.exists()]))
        comparisons = [c for contest in result["contests"] for c in contest["comparisons"].values()]
        bad |= any(s["failed"] for contest in result["contests"] for s in contest["sides"])
        bad |= not told.quick and any(c.get("agrees") is False for c in comparisons)
        _tell(f"{name}: {result['took_s']:.0f} s; {out / f'{name}.json'}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
