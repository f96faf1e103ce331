"""Measurements as Markdown: one table a case, one line a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from .spread import Spread, spread

__all__ = ["document", "number", "rows", "shown", "table"]

HEAD = (
    "side",
    "seconds (min · median · max)",
    "per unit",
    "their time ÷ ours, pair by pair",
    "test accuracy: theirs / ours",
    "process, with imports",
    "peak memory",
    "n",
    "remarks",
)


def number(value: float) -> str:
    """Three digits that count, without an exponent where one can be avoided."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def shown(s: Spread, unit: str = "") -> str:
    """A spread as `min · median · max`; one value when there is but one."""
    text = f"{number(s.low)} · **{number(s.median)}** · {number(s.high)}" if s.n > 1 else number(s.median)
    return f"{text} {unit}".rstrip()


def _accuracy(values: Sequence[float]) -> str:
    return f"{fmean(values):.4f}" if values else "–"


def _ratio(comparison: Mapping[str, Any]) -> str:
    if not comparison or not comparison.get("ratios"):
        return "–"
    s = spread(comparison["ratios"])
    return f"**{number(s.median)} ×** ({number(s.low)} … {number(s.high)})"


def _check(comparison: Mapping[str, Any], own: Sequence[float]) -> str:
    if not comparison or not comparison.get("accuracy_theirs"):
        return _accuracy(own)
    text = f"{_accuracy(comparison['accuracy_theirs'])} / {_accuracy(comparison['accuracy_ours'])}"
    if comparison["matched_runs"] > 1:
        text += f", median of the same {comparison['matched_runs']} runs"
    return text + ("" if comparison["agrees"] else ", **they differ**")


def _remarks(side: Mapping[str, Any], comparison: Mapping[str, Any]) -> str:
    told = [side["side"]["note"]]
    if side["first_s"] is not None:
        told.append(f"first time ever, nothing compiled: {number(side['first_s'])} s")
    figures: dict[str, list[float]] = {}
    for result in side["results"]:
        for name, value in result.get("figures", {}).items():
            figures.setdefault(name, []).append(value)
    told += [f"{name}: {shown(spread(values))}" for name, values in figures.items()]
    details = {r["detail"] for r in side["results"] if r.get("detail")}
    told += sorted(details)
    if comparison and not comparison.get("same_size", True):
        told.append("**the networks differ in size**")
    return "; ".join(filter(None, told))


def rows(contest: Mapping[str, Any]) -> list[list[str]]:
    """The lines of one contest, as `results/CASE.json` has it."""
    unit, count = contest["per"]
    out = []
    for side in contest["sides"]:
        name, comparison = side["side"]["name"], contest["comparisons"].get(side["side"]["name"], {})
        if side["failed"] or not side["seconds"]:
            out.append([name, "failed", *["–"] * 6, side["failed"].replace("|", "¦")])
            continue
        out.append(
            [
                name,
                shown(spread(side["seconds"])),
                shown(spread(s / count for s in side["seconds"]), unit),
                _ratio(comparison),
                _check(comparison, [r["accuracy"] for r in side["results"] if r.get("accuracy") is not None]),
                f"{number(spread(side['wall']).median)} s",
                f"{number(spread(side['peak_mb']).median)} MB",
                str(len(side["seconds"])),
                _remarks(side, comparison),
            ]
        )
    return out


def table(contest: Mapping[str, Any]) -> str:
    """One contest under its title."""
    lines = [HEAD, ["---"] * len(HEAD), *rows(contest)]
    when = f"{contest['date']}; load average before {contest['load']:.2f}"
    return "\n".join([f"**{contest['title']}** ({when})", "", *("| " + " | ".join(line) + " |" for line in lines)])


def document(cases: Sequence[Mapping[str, Any]]) -> str:
    """The page of all cases, each with its machine and versions."""
    parts = ["# Measured", __doc_head__]
    for case in cases:
        machine, versions = case["machine"], case["versions"]
        ours = ", ".join(f"{k} {v}" for k, v in versions["ours"].items())
        theirs = ", ".join(f"{k} {v}" for k, v in versions["peers"].items())
        parts += [
            f"## {case['title']}",
            case["about"],
            f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}.  \n"
            f"Ours: {ours}.  \nPeers: {theirs}.",
        ]
        parts += [table(contest) for contest in case["contests"]]
        parts += [f"Not measured: {text}" for text in case["left_out"]]
    return "\n\n".join(parts) + "\n"


__doc_head__ = (
    "Written by `python -m benchmarks`. The two sides of a line do the same work on the same data, each in its own "
    "process, in turn. The clock starts when libraries are imported and data are in memory, and stops when the last "
    "run's test accuracy is known; building and compiling count. Ratios above 1 mean that Steepest is faster; they are "
    "taken within each round, then the median is. Peak memory is that of the side's main process. Our side also "
    "measures the validation split once or twice an epoch and writes checkpoints; the peers do neither."
)
