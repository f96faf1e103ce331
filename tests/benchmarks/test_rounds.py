"""Sides take turns in processes of their own; one that fails does not stop the others."""

from __future__ import annotations

import sys

import pytest

from benchmarks import rounds
from benchmarks.contest import Contest, Side, sampled
from benchmarks.rounds import Failed, Measured, compare, play_contest, play_side


@pytest.fixture
def played(monkeypatch):
    """Sides that take a known time, and the order in which they were played."""
    order = []

    def play(side, folder, **more):
        order.append((side.name, more))
        if side.name == "broken":
            raise Failed("no such thing")
        seconds = side.params["seconds"] + more["round"]
        return {"seconds": seconds, "peak_mb": 1.0, "accuracy": 0.9, "parameters": 7}, seconds + 1

    monkeypatch.setattr(rounds, "play_side", play)
    return order


OURS = Side("ours", "", {"seconds": 1.0}, peer=False, compiles=True)
PEER = Side("peer", "", {"seconds": 3.0}, scale=2.0)


def test_turns_alternate(played, tmp_path):
    play_contest(Contest("", (OURS, PEER)), 2, tmp_path)
    assert [name for name, more in played[2:]] == ["ours", "peer", "peer", "ours"]


def test_what_compiles_has_a_first_time_and_the_others_are_only_imported(played, tmp_path):
    mine, theirs = play_contest(Contest("", (OURS, PEER)), 1, tmp_path)
    assert played[1] == ("peer", {"round": 0, "imports_only": True})
    assert (mine.first_s, theirs.first_s) == (1.0, None)


def test_a_sample_is_scaled_and_the_process_is_not(played, tmp_path):
    _, theirs = play_contest(Contest("", (OURS, PEER)), 2, tmp_path)
    assert theirs.seconds == [6.0, 8.0]
    assert theirs.wall == [4.0, 5.0]


def test_ratios_by_round(played, tmp_path):
    contest = Contest("", (OURS, PEER))
    found = compare(contest, *play_contest(contest, 2, tmp_path))
    assert found["ratios"] == [6.0, 4.0]
    assert found["agrees"]
    assert found["same_size"]


def test_a_failure_is_reported_and_the_rest_goes_on(played, tmp_path):
    contest = Contest("", (OURS, Side("broken", ""), PEER))
    mine, broken, theirs = play_contest(contest, 2, tmp_path)
    assert broken.failed == "no such thing"
    assert compare(contest, mine, broken)["ratios"] == []
    assert len(theirs.seconds) == 2


def test_a_contest_may_ask_for_its_own_rounds(played, tmp_path):
    mine, _ = play_contest(Contest("", (OURS, PEER), pairs=3), 1, tmp_path)
    assert len(mine.seconds) == 3


def test_a_side_may_play_fewer_rounds(played, tmp_path):
    slow = Side("slow", "", {"seconds": 9.0}, rounds=2)
    contest = Contest("", (OURS, slow, PEER))
    mine, few, theirs = play_contest(contest, 3, tmp_path)
    assert [len(side.seconds) for side in (mine, few, theirs)] == [3, 2, 3]
    assert compare(contest, mine, few)["ratios"] == [9.0, 5.0]  # of the rounds that both played


def test_networks_of_different_size_are_noticed():
    sides = (
        Measured(OURS, [1.0], [1.0], [1.0], [{"parameters": 1}]),
        Measured(PEER, [1.0], [1.0], [1.0], [{"parameters": 2}]),
    )
    assert not compare(Contest("", (OURS, PEER)), *sides)["same_size"]


def test_the_runs_of_a_race_stay_out_of_the_file():
    assert "runs" not in Measured(OURS, results=[{"runs": [1], "seconds": 1}]).as_dict()["results"][0]


def test_samples_say_so():
    assert sampled(8, 108) == {"scale": 13.5, "note": "measured on 8 of 108 runs, × 13.5"}
    assert sampled(8, 8)["note"] == ""


SCRIPT = "import sys\nfrom benchmarks.side import play\nplay(lambda p: {'seconds': p['a'] / p['b']})\n"


def test_a_process_and_its_last_line(tmp_path, monkeypatch):
    (tmp_path / "side_under_test.py").write_text(SCRIPT)
    monkeypatch.setattr(rounds, "ROOT", tmp_path)
    (tmp_path / "benchmarks").symlink_to(rounds.Path(rounds.__file__).parent)
    monkeypatch.setenv("STEEPEST_PEERS_PYTHON", sys.executable)
    result, wall = play_side(Side("", "side_under_test", {"a": 1, "b": 4}), tmp_path)
    assert result["seconds"] == 0.25
    assert wall > 0
    with pytest.raises(Failed, match="ZeroDivisionError"):
        play_side(Side("", "side_under_test", {"a": 1, "b": 0}), tmp_path)
