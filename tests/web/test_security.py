"""What must not come in does not, each with its own status and one line."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from steepest.web import security
from steepest.web.serve import bind

from .conftest import ADDRESS

ORDER = {"workload": "digits-mlp", "optimizers": ["adam"], "seeds": "1", "epochs": "1"}


def refused(reply, status: int, *words: str) -> None:
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert "\n" not in error
    for word in words:
        assert word in error


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8377", "127.0.0.1", "127.0.0.1:80", "0.0.0.0:8377", ""])
def test_only_its_own_name_is_answered(shared: TestClient, host: str) -> None:
    refused(shared.get("/api/surfaces", headers={"host": host}), 421, "127.0.0.1:8377")
    refused(shared.get("/", headers={"host": host}), 421)


def test_localhost_is_its_own_name(shared: TestClient) -> None:
    headers = {"host": "localhost:8377", "origin": "http://localhost:8377"}
    assert shared.get("/api/surfaces", headers=headers).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "https://127.0.0.1:8377"])
def test_a_foreign_origin_is_refused(shared: TestClient, origin: str) -> None:
    refused(shared.post("/api/races", json=ORDER, headers={"origin": origin}), 403, "Origin")
    refused(shared.get("/api/races", headers={"origin": origin}), 403)


def test_what_changes_anything_needs_an_origin(stored: Path, tmp_path: Path) -> None:
    from steepest.web.app import create_app

    bare = TestClient(create_app(stored, tmp_path), base_url=ADDRESS)
    for path in ("races", "races/small/stop", "races/small/resume", "digit", "answers"):
        refused(bare.post(f"/api/{path}", json={}), 403, "Origin")


def test_another_site_may_link_to_a_page_and_no_more(shared: TestClient) -> None:
    visit = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert shared.get("/surfaces", headers=visit).status_code == 200
    refused(shared.get("/api/races", headers=visit), 403)
    for mode in ("no-cors", "cors"):
        refused(shared.get("/static/main.js", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}), 403)


def test_only_json_and_not_too_much_of_it(shared: TestClient) -> None:
    refused(shared.post("/api/races", content=b"x", headers={"content-type": "text/plain"}), 415)
    refused(shared.post("/api/races", content=b"{", headers={"content-type": "application/json"}), 400, "JSON")
    big = json.dumps({"pixels": "a" * security.MOST_BODY})
    refused(shared.post("/api/digit", content=big, headers={"content-type": "application/json"}), 413)

    def pieces():
        for _ in range(100):
            yield b" " * 4096

    refused(shared.post("/api/digit", content=pieces(), headers={"content-type": "application/json"}), 413)
    nested = "[" * 30_000
    refused(shared.post("/api/digit", content=nested, headers={"content-type": "application/json"}), 400)


def test_a_long_address_is_refused(shared: TestClient) -> None:
    refused(shared.get(f"/api/surface?surface={'x' * security.MOST_QUERY}"), 414)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcore/errors.py",
        "/vendor/%2e%2e/report.py",
        "/view/..%5creport.py",
        "/static//etc/passwd",
        "/static/",
        "/races/..%2f..%2fetc/report",
        "/api/races/%2e%2e",
        "/api/races/..%2fsmall",
        "/api/races/.lab",
    ],
)
def test_nothing_outside_its_folders_is_served(shared: TestClient, path: str) -> None:
    reply = shared.get(path)
    assert reply.status_code in (404, 405), path
    assert "error" in reply.json()


def test_a_race_beside_the_folder_is_not_there(client: TestClient, races: Path) -> None:
    (races / "small").rename(races.parent / "outside")
    (races / "link").mkdir()
    for id in ("../outside", "..", "outside", "link", "a" * 500):
        assert client.get(f"/api/races/{id}").status_code == 404


def test_every_answer_has_the_headers(shared: TestClient) -> None:
    for path in ("/", "/api/surfaces", "/nowhere", "/static/main.js"):
        headers = shared.get(path).headers
        for name in security.HEADERS:
            assert name in headers, (path, name)
    policy = shared.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize(
    "path",
    [
        "descend?o=adam&surface=" + "(" * 60 + "x" + ")" * 60,
        "descend?o=adam&surface=x&steps=999999",
        "surface?surface=saddle&n=5000",
        "descend?" + "&".join(["o=adam"] * 20),
        "descend?o=adam:beta1=0..0.9:1000",
        "descend?o=adam:beta1=0..0.9:99999",
        "surface?surface=" + "-x" * 600,
        "surface?surface=" + "x*" * 300 + "x",
    ],
)
def test_too_much_is_refused_before_it_is_computed(shared: TestClient, path: str) -> None:
    refused(shared.get(f"/api/{path}"), 413)


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("descend?o=adm", 404, "adam"),
        ("descend?o=adam&surface=sadle", 404, "saddle"),
        ("surface?surface=__import__('os')", 400, "column"),
        ("surface?surface=x.real", 400, "column"),
        ("descend?o=adam:learning_rate=nan", 400, "finite"),
        ("descend?o=adam:beta1=2", 400, "beta1"),
        ("descend?o=adam&x=1", 400, "both"),
        ("descend?o=adam&x=nan&y=0", 400, "start"),
        ("descend", 400, "no optimizer"),
        ("descend?o=adam&lr=1", 400, "lr"),
        ("descend?o=adam&steps=5&steps=6", 400, "twice"),
        ("descend?o=adam&noise=-1", 400, "noise"),
        ("chapter/9.9", 404, "chapter"),
        ("figure/nothing", 404, "figure"),
        ("compare?a=small", 400, "two"),
        ("nothing", 404, ""),
    ],
)
def test_mistakes_are_told_in_one_line(shared: TestClient, path: str, status: int, word: str) -> None:
    refused(shared.get(f"/api/{path}"), status, word)


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"workload": "evil.py:name"}, 404, "workload"),
        ({"workload": "/tmp/evil.py"}, 404, "workload"),
        ({"workload": "../examples/wine.py:wine"}, 404, "workload"),
        ({"workload": ["digits-mlp"]}, 400, "name"),
        ({"workload": "digits-mpl"}, 404, "digits-mlp"),
        ({"optimizers": ["adm"]}, 404, "adam"),
        ({"optimizers": ["--out=/tmp/x"]}, 404, "optimizer"),
        ({"optimizers": "adam"}, 400, "list"),
        ({"optimizers": [1]}, 400, "list"),
        ({"optimizers": ["adam"] * 40}, 413, "optimizers"),
        ({"optimizers": ["adam:" + "x" * 400]}, 413, "characters"),
        ({"lr": "1e-4..1:90000"}, 413, "points"),
        ({"lr": "-1"}, 400, "learning_rate"),
        ({"seeds": "100000"}, 413, "runs"),
        ({"epochs": "1e9"}, 413, "steps"),
        ({"epochs": "-1"}, 400, "epochs"),
        ({"batch_size": "0"}, 400, "batch size"),
        ({"schedule": "cosin"}, 404, "cosine"),
        ({"out": "/tmp/elsewhere"}, 404, "out"),
        ({"width": 3}, 404, "width"),
        ({"quick": "yes"}, 400, "quick"),
        ({"lr": {"a": 1}}, 400, "lr"),
        ({"init": "__import__"}, 404, "initialiser"),
    ],
)
def test_a_race_is_made_of_registered_names_alone(client: TestClient, change: dict, status: int, word: str) -> None:
    refused(client.post("/api/races", json={**ORDER, **change}), status, word)
    assert {row["id"] for row in client.get("/api/races").json()["races"]} == {"reader", "small"}


@pytest.mark.parametrize("order", [[], "x", 1])
def test_a_race_is_an_object(shared: TestClient, order: object) -> None:
    refused(shared.post("/api/races", json=order), 400)


def test_it_listens_on_this_machine_alone() -> None:
    made = bind(0)
    host, port = made.getsockname()
    assert host == "127.0.0.1"
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", port)) != 0  # another address of this machine
    made.close()
