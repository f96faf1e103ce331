"""Measurements become Markdown that says what it must."""

from __future__ import annotations

from benchmarks.spread import Spread
from benchmarks.table import HEAD, document, number, rows, shown, table


def side(name: str, seconds: list[float], **more):
    return {
        "side": {"name": name, "note": more.pop("note", "")},
        "seconds": seconds,
        "wall": [s + 1 for s in seconds],
        "peak_mb": [100.0] * len(seconds),
        "results": more.pop("results", [{"accuracy": 0.97}] * len(seconds)),
        "first_s": more.pop("first_s", None),
        "failed": more.pop("failed", ""),
    }


def contest() -> dict:
    return {
        "title": "ten runs",
        "per": ("s a run", 10),
        "date": "2030-01-01",
        "load": 0.1,
        "sides": [
            side("Steepest", [1.0, 2.0, 4.0], first_s=9.0),
            side("Peer", [20.0, 20.0, 20.0], note="measured on 5 of 10 runs, × 2"),
            side("Broken", [], failed="ImportError: a|b"),
        ],
        "comparisons": {
            "Peer": {
                "ratios": [20.0, 10.0, 5.0],
                "accuracy_ours": [0.97],
                "accuracy_theirs": [0.91],
                "matched_runs": 5,
                "agrees": False,
                "same_size": False,
            },
            "Broken": {"ratios": [], "failed": "ImportError"},
        },
    }


def test_numbers_have_three_digits():
    assert [number(v) for v in (0.0123456, 1.0, 12.345, 1234.5)] == ["0.0123", "1", "12.3", "1234"]


def test_one_measurement_is_no_spread():
    assert shown(Spread(2.0, 2.0, 2.0, 1), "s") == "2 s"
    assert shown(Spread(1.0, 2.0, 3.0, 3), "s") == "1 · **2** · 3 s"


def test_every_line_has_every_column():
    assert all(len(line) == len(HEAD) for line in rows(contest()))


def test_ours():
    ours = rows(contest())[0]
    assert ours[:6] == ["Steepest", "1 · **2** · 4", "0.1 · **0.2** · 0.4 s a run", "–", "0.9700", "3 s"]
    assert "nothing compiled: 9 s" in ours[-1]


def test_a_peer_has_ratios_and_its_sample():
    peer = rows(contest())[1]
    assert peer[3] == "**10 ×** (5 … 20)"
    assert "measured on 5 of 10 runs, × 2" in peer[-1]


def test_unequal_work_is_said():
    peer = rows(contest())[1]
    assert "they differ" in peer[4]
    assert "differ in size" in peer[-1]


def test_a_failed_side_says_why_and_breaks_no_table():
    broken = rows(contest())[2]
    assert broken[1] == "failed"
    assert broken[-1] == "ImportError: a¦b"


def test_figures_have_their_spread():
    lone = {
        **contest(),
        "sides": [side("Steepest", [1.0, 1.0], results=[{"figures": {"share": v}} for v in (1.0, 3.0)])],
    }
    assert "share: 1 · **2** · 3" in rows(lone)[0][-1]


def test_the_page_names_machine_versions_and_what_is_missing():
    case = {
        "title": "A race",
        "about": "What is compared.",
        "machine": {"cpu": "Abacus 9", "cores": 2, "memory_gb": 24, "system": "Linux"},
        "versions": {"ours": {"jax": "0.12"}, "peers": {"torch": "2.13"}},
        "contests": [contest()],
        "left_out": ["mnist-cnn: unknown workload"],
    }
    page = document([case])
    for told in (
        "(2030-01-01; load average before 0.10)",
        "Abacus 9, 2 cores, 24 GB",
        "jax 0.12",
        "torch 2.13",
        table(contest()),
        "Not measured: mnist-cnn",
    ):
        assert told in page
