"""A race started from the page is a process of its own: it survives the lab, can be stopped, and resumes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from steepest.core.errors import BadFile, BadValue, Unavailable
from steepest.racing.results import open_race
from steepest.store.lock import holder
from steepest.web.app import create_app
from steepest.web.jobs import MOST_AT_ONCE, Jobs

from .conftest import ADDRESS

SHORT = {"workload": "digits-mlp", "optimizers": ["sgd", "adam"], "lr": "1e-3,1e-2", "seeds": "1", "epochs": "2"}
LONG = {**SHORT, "optimizers": ["adam"], "epochs": "30000"}  # a minute or two: stopped long before


def until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def test_a_race_runs_stops_outlives_the_lab_and_resumes(races: Path, tmp_path: Path) -> None:
    with TestClient(create_app(races, tmp_path / "home"), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        id = client.post("/api/races", json=LONG).json()["id"]
        assert id.startswith("digits-mlp-")

        def state() -> str:
            return client.get(f"/api/races/{id}").json()["state"]

        assert state() in ("starting", "running")
        until(lambda: state() == "running" and client.get(f"/api/races/{id}").json()["progress"] > 0)
    pid = holder(races / id)  # the lab is gone, the race goes on
    assert pid is not None
    assert os.getsid(pid) == pid
    with TestClient(create_app(races, tmp_path / "home"), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        told = client.get(f"/api/races/{id}").json()
        assert told["state"] == "running"
        assert 0 < told["progress"] < 1
        assert client.post(f"/api/races/{id}/resume", json={}).status_code == 400  # it is running
        assert client.post(f"/api/races/{id}/stop", json={}).status_code == 200
        until(lambda: client.get(f"/api/races/{id}").json()["state"] == "interrupted")
        made = open_race(races / id).runs[0].steps
        assert made > 0
        assert client.post(f"/api/races/{id}/stop", json={}).status_code == 400
        assert client.post(f"/api/races/{id}/resume", json={}).status_code == 200
        until(lambda: client.get(f"/api/races/{id}").json()["state"] == "running")
        until(lambda: open_race(races / id).runs[0].steps > made)
        client.post(f"/api/races/{id}/stop", json={})
        until(lambda: holder(races / id) is None)


def test_a_short_race_finishes_and_its_numbers_are_those_of_python(client: TestClient, races: Path) -> None:
    id = client.post("/api/races", json=SHORT).json()["id"]
    with client.stream("GET", f"/api/races/{id}/events") as reply:
        text = "".join(reply.iter_text())
    assert text.rstrip().endswith("event: end\ndata: {}")
    told = client.get(f"/api/races/{id}").json()
    assert told["state"] == "finished"
    assert told["command"].startswith("steepest race digits-mlp --optimizer=sgd")
    import steepest

    ours = steepest.race("digits-mlp", ["sgd", "adam"], lr="1e-3,1e-2", seeds=1, epochs=2)
    assert [row["mean"] for row in told["ranking"]] == [row["mean"] for row in ours.ranking]


def test_a_race_that_cannot_start_says_why(races: Path) -> None:
    jobs = Jobs(races)
    id = jobs.start(["no-such-workload"])
    assert jobs.state(id) == "starting"
    until(lambda: jobs.state(id) == "failed")
    assert "unknown workload" in jobs.failure(id)
    assert id in jobs.ids()
    assert id not in Jobs(races).ids()  # nothing of it is kept


def test_only_so_many_run_at_once(races: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/sleep")  # its arguments are no times, so each ends at once
    jobs = Jobs(races)
    for n in range(MOST_AT_ONCE):
        jobs._processes[f"busy-{n}"] = subprocess.Popen(["/bin/sleep", "60"])
    with pytest.raises(Unavailable, match="being computed already"):
        jobs.start(["digits-mlp"])
    for process in jobs._processes.values():
        process.send_signal(signal.SIGKILL)
        process.wait()
    jobs.start(["digits-mlp"])
    jobs.close()


@pytest.mark.parametrize("id", ["..", ".lab", "a/b", "", "small\n", "nothing", "-x" * 100])
def test_an_id_is_never_a_path(races: Path, id: str) -> None:
    with pytest.raises(BadFile, match="there is no race"):
        Jobs(races).folder(id)


def test_what_is_over_cannot_be_stopped(races: Path) -> None:
    with pytest.raises(BadValue, match="is not running"):
        Jobs(races).stop("small")
    with pytest.raises(BadValue, match="is finished"):
        Jobs(races).resume("small")


def test_a_damaged_race_is_listed_as_such(client: TestClient, races: Path) -> None:
    (races / "small" / "race.sqlite").write_bytes(b"no database")
    rows = {row["id"]: row for row in client.get("/api/races").json()["races"]}
    assert rows["small"]["state"] == "damaged"
    assert rows["reader"]["state"] == "finished"
