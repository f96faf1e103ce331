"""Traced programs are kept between processes: found again, the same to the bit, never mistaken for one another."""

import dataclasses
from collections import OrderedDict

import numpy as np
import pytest
from jax import export

import steepest
from steepest.engine import lane, programs


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where programs are kept; this process itself remembers none."""
    monkeypatch.setenv("STEEPEST_CACHE", str(tmp_path))
    monkeypatch.setattr(lane, "_BUILT", OrderedDict())
    monkeypatch.setattr(lane, "MOST_BUILT", 0)
    return tmp_path / "traced"


def race(workload="moons-deep", **options):
    return steepest.race(workload, ["adam"], **{"lr": "1e-3..1e-2:3", "seeds": 2, "epochs": 3, **options})


def losses(result):
    return [result.runs[i].metrics for i in range(len(result.runs))]


def test_a_race_finds_what_an_earlier_one_traced(folder, monkeypatch):
    first = race()
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(export, "export", None)  # tracing now would raise
    assert losses(race()) == losses(first)


def test_what_cannot_be_read_is_traced_anew(folder):
    first = race()
    (path,) = folder.iterdir()
    good = path.read_bytes()
    for bad in (b"", good[: len(good) // 2], b"\xff" * 200):
        path.write_bytes(bad)
        assert losses(race()) == losses(first)
        assert path.read_bytes() != bad


def test_other_programs_have_other_files(folder):
    for options in (
        {},
        {"epochs": 4},
        {"batch_size": 32},
        {"schedule": "cosine"},
        {"l2": 0.1},
        {"init": "xavier"},
    ):
        race(**options)
    assert len(list(folder.iterdir())) == 6


def test_other_source_is_another_program(monkeypatch):
    here = programs.digest("a lane")
    monkeypatch.setattr(programs, "_surroundings", lambda: "another version")
    assert programs.digest("a lane") != here


def test_a_process_compiles_a_lane_once(folder, monkeypatch):
    monkeypatch.setattr(lane, "MOST_BUILT", 2)
    first = race()
    monkeypatch.setattr(lane, "kept", None)  # whoever asks the folder now would raise
    assert losses(race()) == losses(first)


def test_it_forgets_the_oldest(folder, monkeypatch):
    monkeypatch.setattr(lane, "MOST_BUILT", 2)
    for epochs in (3, 4, 5):
        race(epochs=epochs)
    assert len(lane._BUILT) == 2
    monkeypatch.setattr(lane, "kept", None)
    race(epochs=5)
    with pytest.raises(TypeError):
        race(epochs=3)


def test_a_workload_of_the_users_own_is_not_kept(folder):
    ours = steepest.workload("moons-deep")
    other = dataclasses.replace(ours, loss=lambda outputs, y: 2 * ours.loss(outputs, y))
    kept, own = race(), race(other)
    assert len(list(folder.iterdir())) == 1
    ratio = np.array([b["test_loss"] / a["test_loss"] for a, b in zip(losses(kept), losses(own), strict=True)])
    assert (ratio > 1.5).all()


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("STEEPEST_CACHE", str(tmp_path / "file"))
    assert len(race().runs) == 6
