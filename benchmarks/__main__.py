"""Run the cases, print their tables, write results/CASE.json and results/README.md.

python -m benchmarks                     every case, five rounds
python -m benchmarks --only one_run --pairs 3
python -m benchmarks --only race --contest 2     its second table anew, the others as they stand in the results
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
from dataclasses import replace
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


def _place() -> dict[str, Any]:
    """The machine and the versions, without which a time says nothing."""
    return {"machine": describe(), "versions": {"ours": versions(sys.executable), "peers": versions(peers_python())}}


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
            date = datetime.now(UTC).isoformat(timespec="seconds")
            sides = play_contest(contest, pairs, folder, _tell)
            played = {
                "title": contest.title,
                "per": contest.per,
                "date": date,
                "load": load_average,
                "sides": [side.as_dict() for side in sides],
                "comparisons": {s.side.name: compare(contest, sides[0], s) for s in sides[1:]},
            }
            print(table(played) + "\n", flush=True)
            contests.append(played)
    return {
        "case": case.name,
        "title": case.title,
        "about": case.about,
        **_place(),
        "toy": quick,
        "took_s": time.perf_counter() - started,
        "contests": contests,
        "left_out": left_out,
    }


def measure_one(case: Case, number: int, pairs: int, file: Path) -> dict[str, Any]:
    """Play one contest, the first is 1; the content of the file with that contest new. Ends the program if it can't."""
    if not 1 <= number <= len(case.contests):
        sys.exit(f"there is no contest {number} in {case.name}: it has {len(case.contests)}")
    old: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    here = _place()
    if {name: old.get(name) for name in here} != here:
        sys.exit(f"{file} is of another machine or of other versions: measure the whole case, without --contest")
    result = measure(replace(case, contests=(case.contests[number - 1],)), pairs, quick=False)
    found = {contest["title"]: contest for contest in [*old["contests"], *result["contests"]]}
    return {**result, "contests": [found[contest.title] for contest in case.contests if contest.title in found]}


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run the cases, write the files. 1 when a side failed, or accuracies differ."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=CASES, metavar="CASE", help="this case; may be repeated")
    parser.add_argument("--contest", type=int, metavar="N", help="this contest alone, with one --only")
    parser.add_argument("--pairs", type=int, help="rounds of each contest (5; with --quick 1)")
    parser.add_argument("--quick", action="store_true", help="toy sizes; the results go to a temporary folder")
    parser.add_argument("--out", type=Path, help="where the results go (benchmarks/results)")
    parser.add_argument("--list", action="store_true", help="say which cases there are")
    told = parser.parse_args(argv)
    if told.list:
        for name in CASES:
            print(f"{name:12} {load(name).title}")
        return 0
    if told.contest is not None and (told.quick or len(told.only or ()) != 1):
        parser.error("--contest needs one --only CASE, and no --quick")
    out = told.out or (Path(tempfile.mkdtemp(prefix="steepest-bench-")) if told.quick else RESULTS)
    out.mkdir(parents=True, exist_ok=True)
    bad = False
    for name in told.only or CASES:
        case, file, pairs = load(name, quick=told.quick), out / f"{name}.json", told.pairs or (1 if told.quick else 5)
        if told.contest is None:
            result = measure(case, pairs, told.quick)
        else:
            result = measure_one(case, told.contest, pairs, file)
        file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        known = [out / f"{each}.json" for each in CASES]
        (out / "README.md").write_text(document([json.loads(f.read_text()) for f in known if f.exists()]))
        comparisons = [c for contest in result["contests"] for c in contest["comparisons"].values()]
        bad |= any(s["failed"] for contest in result["contests"] for s in contest["sides"])
        bad |= not told.quick and any(c.get("agrees") is False for c in comparisons)
        _tell(f"{name}: {result['took_s']:.0f} s; {file}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
