"""Every case can be laid out at both sizes, and its toy form is raced by our side; one peer is played for real."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np
import pytest

import steepest
from benchmarks.cases import CASES, load
from benchmarks.ours import race as ours
from benchmarks.ours import surface
from benchmarks.ours.peak import operations
from benchmarks.rounds import ROOT, play_side
from benchmarks.starts import DOMAIN, starts


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_a_case_says_what_it_compares(name, quick):
    case = load(name, quick)
    assert case.title
    assert len(case.about) > 100
    for contest in case.contests:
        assert not contest.sides[0].peer
        assert all(side.peer for side in contest.sides[1:])
        assert contest.per[1] > 0
        names = [side.name for side in contest.sides]
        assert len(set(names)) == len(names)
        for side in contest.sides:
            json.dumps(dict(side.params))
            assert (ROOT / Path(*side.module.split("."))).with_suffix(".py").exists()


@pytest.mark.parametrize("name", CASES)
def test_titles_tell_contests_apart(name):
    titles = [contest.title for contest in load(name).contests]
    assert len(set(titles)) == len(titles)


def test_the_race_has_108_runs_and_samples_scale_to_it():
    contests = load("race").contests
    assert {contest.per for contest in contests} == {("s a run", 108)}
    for side in [side for contest in contests for side in contest.sides[1:]]:
        runs = len(side.params["optimizers"]) * len(side.params["rates"]) * side.params["seeds"]
        assert runs * side.scale == pytest.approx(108)
        assert (f"{runs} of 108" in side.note) or runs == 108


@pytest.mark.parametrize("name", [name for name in CASES if name != "surfaces"])
def test_our_side_at_toy_size(name):
    contest = load(name, quick=True).contests[0]
    side = contest.sides[0]
    told = {k: v for k, v in side.params.items() if k not in ("target", "sizes")}
    told = {"seeds": 1, **told, "epochs": 1, "samples": 256, "round": 1}
    if "optimizers" in told:
        told["optimizers"] = told["optimizers"][:1]  # each is a program to compile
    result = ours.measure(told)
    assert result["seconds"] > 0
    assert 0 <= result["accuracy"] <= 1
    assert result["steps"] == -(-256 // told.get("batch_size", 128))
    assert {run["seed"] for run in result["runs"]} == set(range(told["seeds"], 2 * told["seeds"]))


@pytest.mark.parametrize("race", [False, True])
def test_a_surface_at_toy_size(race):
    result = surface.measure({"rate": 0.01, "steps": 40, "runs": 8, "race": race, "round": 1})
    assert result["seconds"] > 0
    assert 0 <= result["accuracy"] < 1
    assert np.array_equal(starts({"runs": 8, "round": 1}), starts({"runs": 8, "round": 1}))
    assert steepest.surface("rosenbrock").domain == DOMAIN


def test_operations_of_a_step():
    # 3·2 then 2·1 weights: outputs and weight gradients of both layers, input gradients of the second alone
    assert operations([3, 2, 1], batch=5) == 2 * 5 * (2 * (6 + 2) + 2)


def test_our_scripts_need_nothing_of_the_peers():
    for name in ("race", "to_target", "peak", "logistic"):
        importlib.import_module(f"benchmarks.ours.{name}")


def test_one_peer_for_real(tmp_path):
    export = importlib.import_module("benchmarks.export")
    export.export("mnist-mlp", tmp_path / "data")
    (contest,) = load("one_run", quick=True).contests
    side = contest.sides[1]
    result, wall = play_side(side, tmp_path, samples=256, threads=1, round=1)
    assert (result["steps"], result["parameters"]) == (2, 109_386)
    assert result["runs"][0]["seed"] == 1
    assert wall > result["seconds"] > 0
