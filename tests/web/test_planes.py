"""The loss plane of a race, drawn from the page: its numbers are Python's, and what goes wrong is said."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

import steepest
from steepest.core.errors import BadValue
from steepest.web.jobs import Jobs
from steepest.web.planes import Planes


def ended(planes: Planes, id: str) -> dict:
    end = time.monotonic() + 120
    while (told := planes.one(id))["state"] == "drawing":
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
    return told


def test_a_plane_is_that_of_python_and_is_kept(client: TestClient, races: Path) -> None:
    assert client.get("/api/races/small/plane").json() == {"state": "none", "error": "", "chart": None}
    assert client.post("/api/races/small/plane", json={}).status_code == 200
    assert client.get("/api/races/small/plane").json()["state"] == "drawing"
    assert client.post("/api/races/small/plane", json={}).status_code == 200  # the same one
    while client.get("/api/races/small/plane").json()["state"] == "drawing":
        time.sleep(0.1)
    told = Planes(Jobs(races)).one("small")  # a lab that begins later
    assert told["state"] == "drawn"
    (panel,) = told["chart"]["panels"]
    ours = steepest.loss_plane(races / "small")
    assert np.allclose(panel["marks"][0]["z"], ours.loss, rtol=1e-5)
    ways = [(path.optimizer, list(path.x), list(path.y)) for path in ours.paths]
    assert [(m["name"]["en"], m["x"], m["y"]) for m in panel["marks"][1:]] == ways
    assert [one["value"]["zh"] for one in told["chart"]["facts"]][1:] == [f"{100 * p.share:.1f}%" for p in ours.paths]
    known = {row["optimizer"]: row["series"] for row in client.get("/api/races/small").json()["ranking"]}
    assert {m["name"]["en"]: m["series"] for m in panel["marks"][1:]} == known


def test_what_goes_wrong_is_said(races: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planes = Planes(Jobs(races))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    planes.draw("small")
    assert ended(planes, "small") == {"state": "failed", "error": "its process ended with status 1", "chart": None}


def test_only_a_race_that_is_there_and_over_has_one(client: TestClient) -> None:
    assert client.get("/api/races/nothing/plane").status_code == 404
    reply = client.post("/api/races/nothing/plane", json={})
    assert reply.status_code == 404
    assert "there is no race" in reply.json()["error"]


def test_a_race_that_is_not_over_has_none_yet(races: Path) -> None:
    jobs = Jobs(races)
    id = jobs.start(["no-such-workload"])
    with pytest.raises(BadValue, match="needs a finished race"):
        Planes(jobs).draw(id)
    jobs._processes[id].wait()
