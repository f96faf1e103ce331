"""Workloads of the reader's own: raced from the page when the lab was started with them, and run at no other time."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import steepest
from steepest.web.app import create_app
from steepest.web.opened import check_files, opened

from .conftest import ADDRESS

FILE = """
from functools import partial
from pathlib import Path
import numpy as np
import steepest

with Path(__file__).with_name("runs.txt").open("a") as said:
    print("run", file=said)

def data():
    x = np.random.RandomState(0).normal(size=(100, 4))
    return steepest.split(x, (x[:, 0] > 0).astype(int))

def digits():
    return steepest.split(np.zeros((100, 28, 28), np.uint8), np.arange(100) % 2)

reader = steepest.Workload(
    id="reader", network=partial(steepest.mlp, sizes=(784, 2)), data=digits, epochs=1, batch_size=16,
    loss=steepest.losses.softmax_cross_entropy, metrics={"accuracy": steepest.metrics.accuracy},
)
mine = steepest.Workload(
    id="mine", network=partial(steepest.mlp, sizes=(4, 2)), data=data, epochs=1, batch_size=16,
    loss=steepest.losses.softmax_cross_entropy, metrics={"accuracy": steepest.metrics.accuracy},
)
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    (tmp_path / "mine.py").write_text(FILE)
    return f"{tmp_path}/mine.py:mine"


def times_run(place: str) -> int:
    said = Path(place).with_name("runs.txt")
    return said.read_text().count("run") if said.exists() else 0


def test_one_that_the_lab_was_given(place: str, tmp_path: Path) -> None:
    own = {place: steepest.workload(place)}
    with TestClient(create_app(tmp_path / "races", tmp_path / "home", own), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        assert client.get("/api/workloads").json()["workloads"][0]["id"] == place
        started = client.post("/api/races", json={"workload": place, "optimizers": ["sgd"], "lr": "0.1", "seeds": "1"})
        assert started.status_code == 201, started.text
        id = started.json()["id"]
        until = time.monotonic() + 120
        while (told := client.get(f"/api/races/{id}").json())["state"] != "finished" and time.monotonic() < until:
            time.sleep(0.3)
        assert told["state"] == "finished", told
        recipe = client.get(f"/races/{id}/recipe", params={"to": "optax"}).text
        assert "def splits():" in recipe
        assert "SIZES = (4, 2)" in recipe


def test_a_file_is_not_run_for_a_lab_that_was_not_given_it(place: str, tmp_path: Path) -> None:
    steepest.race(place, "sgd", lr=0.1, seeds=1, out=tmp_path / "races" / "r")
    before = times_run(place)
    with TestClient(create_app(tmp_path / "races", tmp_path / "home"), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        assert client.post("/api/races", json={"workload": place}).status_code == 404
        recipe = client.get("/races/r/recipe").text
        assert "def make_optimizer(" in recipe
        assert "The network of the race is your own" in recipe
        for computing in ("plane", "resume"):
            told = client.post(f"/api/races/r/{computing}", json={})
            assert told.status_code == 404
            assert f"was not started with; start it again: steepest lab --workload {place}" in told.json()["error"]
        told = client.get("/api/races/r/plane?lang=zh").json()  # not offered
        assert told["state"] == "lacking"
        assert told["error"].endswith(f"请重新启动：steepest lab --workload {place}")
    assert times_run(place) == before


def test_a_plane_of_what_only_a_program_has_is_not_offered(place: str, tmp_path: Path) -> None:
    workload = steepest.workload(place)
    steepest.race(workload, "sgd", lr=0.1, seeds=1, out=tmp_path / "races" / "r")
    with TestClient(create_app(tmp_path / "races", tmp_path / "home", {place: workload}), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        told = client.get("/api/races/r/plane").json()
        assert told["state"] == "lacking"
        assert "the workload mine of your own program" in told["error"]
        assert client.post("/api/races/r/plane", json={}).json()["error"] == told["error"]


def test_nor_to_read_a_digit(place: str, tmp_path: Path) -> None:
    place = place.replace(":mine", ":reader")
    workload = steepest.workload(place)
    steepest.race(place, "sgd", lr=0.1, seeds=1, out=tmp_path / "races" / "r")
    before = times_run(place)
    Path(place.removesuffix(":reader")).touch()  # it would be run again
    drawn = {"side": 28, "pixels": base64.b64encode(bytes(300) + b"\xff" * 100 + bytes(384)).decode()}
    for own, read in (({}, 0), ({place: workload}, 1)):
        with TestClient(create_app(tmp_path / "races", tmp_path / "home", own), base_url=ADDRESS) as client:
            client.headers["origin"] = ADDRESS
            assert len(client.post("/api/digit", json=drawn).json()["networks"]) == read
    assert times_run(place) == before


def test_nor_an_optimizer_in_one(place: str, tmp_path: Path) -> None:
    (tmp_path / "steps.py").write_text(
        "import optax\n\ndef mine(learning_rate):\n    return optax.sgd(learning_rate)\n"
    )
    steepest.race(place, f"{tmp_path}/steps.py:mine", lr=0.1, seeds=1, out=tmp_path / "races" / "r")
    own = {place: steepest.workload(place)}
    with pytest.raises(steepest.UnknownName, match=r"steps\.py:mine, which the lab was not started with"):
        check_files(tmp_path / "races" / "r", own)


def test_nor_one_of_the_same_name_in_another_folder(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    steepest.race("mine.py:mine", "sgd", lr=0.1, seeds=1, out=tmp_path / "races" / "r")
    own = {"mine.py:mine": steepest.workload(place)}
    assert opened(tmp_path / "races" / "r", own).workload.id == "mine"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(steepest.UnknownName, match="was not started with"):
        opened(tmp_path / "races" / "r", own)
