"""The interface says what the Python API says, to the last digit."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

import steepest
from steepest.course import CHAPTERS, FIGURES, contents, figure
from steepest.racing.results import open_race
from steepest.surfaces.loading import surface


def test_a_descent_is_that_of_python(shared: TestClient) -> None:
    entries = ["adam:learning_rate=0.1,beta1=0.8", "momentum:learning_rate=0.02"]
    query = {"surface": "rosenbrock", "o": entries, "x": "-1", "y": "1.5", "steps": "50", "noise": "0.3", "seed": "4"}
    told = shared.get("/api/descend", params=query).json()["descents"]
    ours = steepest.descend("rosenbrock", entries, start=(-1, 1.5), steps=50, noise=0.3, seed=4)
    assert told == json.loads(json.dumps([one.as_dict() for one in ours]))


def test_a_divergence_is_told(shared: TestClient) -> None:
    (told,) = shared.get("/api/descend?surface=bowl&o=sgd:learning_rate=1000&steps=200").json()["descents"]
    assert told["diverged"]
    assert told["verdict"] is None
    assert len(told["x"]) < 201


def test_a_grid_has_the_heights_of_the_formula(shared: TestClient) -> None:
    told = shared.get("/api/surface", params={"surface": "x^2 + 3*sin(y)", "n": "21"}).json()
    x, y = np.meshgrid(told["x"], told["y"])
    assert np.array(told["z"]) == pytest.approx(x**2 + 3 * np.sin(y), rel=1e-4, abs=1e-4)  # heights have five digits
    assert told["surface"]["formula"] == "x^2 + 3*sin(y)"


def test_heights_that_are_none_are_null(shared: TestClient) -> None:
    told = shared.get("/api/surface", params={"surface": "log(x)", "n": "11"}).json()
    assert told["z"][0][0] is None
    assert told["z"][0][-1] == pytest.approx(np.log(3), rel=1e-4)


def test_every_registered_surface_is_told(shared: TestClient) -> None:
    for told in shared.get("/api/surfaces").json()["surfaces"]:
        ours = surface(told["id"])
        assert told["formula"] == ours.formula
        assert set(told["title"]) == {"en", "zh"}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_that_of_python(shared: TestClient, name: str) -> None:
    ours = figure(name)
    if ours.seconds:  # trains networks: its controls are checked, its training is not repeated here
        assert ours.as_dict()["controls"]
        return
    assert shared.get(f"/api/figure/{name}").json() == json.loads(json.dumps(ours.chart()))


def test_a_figures_controls_are_checked(shared: TestClient) -> None:
    told = shared.get("/api/figure/ewma", params={"beta": "0.5"}).json()
    assert told == json.loads(json.dumps(figure("ewma").chart(beta=0.5)))
    assert shared.get("/api/figure/ewma", params={"beta": "7"}).status_code == 400
    assert shared.get("/api/figure/ewma", params={"gamma": "7"}).status_code == 404


def test_a_chapter_is_offered_as_a_notebook(shared: TestClient) -> None:
    for lang, title in (("en", "# 1.2 One neuron"), ("zh", "# 1.2 ")):
        reply = shared.get("/api/chapter/1.2/notebook", params={"lang": lang})
        assert reply.headers["content-disposition"] == f'attachment; filename="steepest-1.2-{lang}.ipynb"'
        cells = reply.json()["cells"]
        assert cells[0]["source"].startswith(title)
        assert any("image/png" in o.get("data", {}) for cell in cells for o in cell.get("outputs", ()))
    assert shared.get("/api/chapter/9.9/notebook").status_code == 404


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("id", CHAPTERS)
def test_a_chapter_is_told_block_by_block(shared: TestClient, id: str, lang: str) -> None:
    told = shared.get(f"/api/chapter/{id}", params={"lang": lang}).json()
    assert told["title"]
    assert {block["kind"] for block in told["blocks"]} <= {"prose", "formula", "code", "figure", "quiz", "homework"}
    assert "<script" not in json.dumps(told)
    assert [one["id"] for part in told["parts"] for one in part["chapters"] if one["written"]] == list(CHAPTERS)
    for block in told["blocks"]:
        if block["kind"] == "formula":
            assert block["html"].startswith("<math")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chapter_is_listed_and_told_whether_it_is_written(shared: TestClient, lang: str) -> None:
    told = shared.get("/api/chapters", params={"lang": lang}).json()["parts"]
    assert [part["title"] for part in told] == [part.title[lang] for part in contents()]
    for part, ours in zip(told, contents(), strict=True):
        assert {one["id"]: one["title"] for one in part["chapters"]} == {
            id: title[lang] for id, title in ours.chapters.items()
        }
        for one in part["chapters"]:
            assert one["written"] is (one["id"] in CHAPTERS)
            assert ("progress" in one) is one["written"]
    said = shared.get("/api/chapter/2.3", params={"lang": lang})
    assert said.status_code == 404
    assert contents()[1].chapters["2.3"][lang] in said.text


def test_answers_are_kept(client: TestClient) -> None:
    for id in CHAPTERS:
        blocks = client.get(f"/api/chapter/{id}").json()["blocks"]
        for quiz in [block for block in blocks if block["kind"] == "quiz"][:1]:
            answer = {"chapter": id, "quiz": quiz["key"], "right": True}
            assert client.post("/api/answers", json=answer).status_code == 200
            assert client.get(f"/api/chapter/{id}").json()["progress"]["quizzes"] == {quiz["key"]: True}
            assert client.post("/api/answers", json={**answer, "quiz": "nothing"}).status_code == 404
            assert client.post("/api/answers", json={**answer, "right": "yes"}).status_code == 400


def test_a_race_is_that_of_python(shared: TestClient, stored: Path) -> None:
    told = shared.get("/api/races/small").json()
    ours = open_race(stored / "small")
    assert [row["mean"] for row in told["ranking"]] == [row["mean"] for row in ours.ranking]
    assert [row["optimizer"] for row in told["ranking"]] == [row["optimizer"] for row in ours.ranking]
    assert told["state"] == "finished"
    assert told["progress"] == 1
    assert told["counts"]["finished"] == 8
    titles = [panel["title"]["en"] for panel in told["chart"]["panels"]]
    assert titles == ["validation accuracy", "validation loss", "training loss", "Learning-rate sensitivity"]
    best = ours.ranking[0]
    panel = told["chart"]["panels"][-1]
    line = next(m for m in panel["marks"] if m["kind"] == "line" and m["name"]["en"] == best["optimizer"])
    at = line["x"].index(best["hyperparameters"]["learning_rate"])
    assert line["y"][at] == pytest.approx(best["chosen_by"])
    assert "no confidence intervals" in told["chart"]["note"]["en"]


def test_two_races_are_compared(shared: TestClient) -> None:
    told = shared.get("/api/compare?a=small&b=reader").json()
    assert [race["id"] for race in told["races"]] == ["small", "reader"]
    names = {m["name"]["en"] for panel in told["chart"]["panels"] for m in panel["marks"] if m.get("name")}
    assert {"adam · A", "adam · B", "sgd · A"} <= names
    adam = [
        m for panel in told["chart"]["panels"] for m in panel["marks"] if m.get("name", {}) and "adam" in str(m["name"])
    ]
    assert len({m["series"] for m in adam}) == 1  # one optimiser, one colour
    assert shared.get("/api/compare?a=small&b=none").status_code == 404


def test_the_report_is_served(shared: TestClient) -> None:
    reply = shared.get("/races/small/report")
    assert reply.headers["content-type"].startswith("text/html")
    assert "<h1>" in reply.text
    assert shared.get("/races/none/report").status_code == 404


def test_the_events_of_a_race_that_is_over_end(shared: TestClient) -> None:
    with shared.stream("GET", "/api/races/small/events") as reply:
        text = "".join(reply.iter_text())
    events = [block.split("\n")[0] for block in text.strip().split("\n\n")]
    assert events == ["event: race", "event: end"]
    data = text.split("data: ")[1].split("\n")[0]
    assert json.loads(data)["id"] == "small"


def drawing(side: int = 56) -> dict:
    """An upright stroke: a one."""
    pixels = np.zeros((side, side), np.uint8)
    pixels[side // 6 : -side // 6, side // 2 - 3 : side // 2 + 3] = 255
    return {"side": side, "pixels": base64.b64encode(pixels.tobytes()).decode()}


def test_a_drawn_digit_is_read_by_every_network(shared: TestClient, stored: Path) -> None:
    told = shared.post("/api/digit", json=drawing()).json()
    (network,) = told["networks"]
    assert network["race"] == "reader"
    assert network["digit"] == 1
    seen = np.array(told["seen"], np.uint8)
    assert seen.shape == (28, 28)
    run = open_race(stored / "reader").best
    logits = run.predict(seen[None])[0].astype(float)
    p = np.exp(logits - logits.max())
    assert network["probabilities"] == pytest.approx(p / p.sum(), rel=1e-5)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"side": 0}, 400),
        ({"side": 10**6}, 400),
        ({"side": True}, 400),
        ({"side": "56"}, 400),
        ({"pixels": "é"}, 400),
        ({"pixels": "AAAA"}, 400),
        ({"pixels": base64.b64encode(bytes(56 * 56)).decode()}, 404),
    ],
)
def test_a_bad_drawing_is_refused(shared: TestClient, change: dict, status: int) -> None:
    reply = shared.post("/api/digit", json={**drawing(), **change})
    assert reply.status_code == status
    assert reply.json()["error"]


def test_an_example_is_of_the_test_split(shared: TestClient) -> None:
    from steepest.data.mnist import mnist

    told = shared.get("/api/example?digit=7&number=3").json()
    test = mnist().test
    assert test.y[told["index"]] == 7
    assert (np.array(told["pixels"]) == test.x[told["index"]]).all()
    assert shared.get("/api/example?digit=x").status_code == 400


def test_the_catalogue(shared: TestClient) -> None:
    names = [one["name"] for one in shared.get("/api/optimizers").json()["optimizers"]]
    assert names[:2] == ["sgd", "momentum"]
    told = shared.get("/api/workloads").json()
    assert "digits-mlp" in [one["id"] for one in told["workloads"]]


def test_the_same_question_is_computed_once(shared: TestClient) -> None:
    query = {"surface": "x^4 + y^2 + 0.3*x", "o": "adam:learning_rate=0.05", "steps": "100"}
    first = shared.get("/api/descend", params=query).json()
    begun = time.perf_counter()
    again = shared.get("/api/descend", params=query).json()
    assert again == first
    assert time.perf_counter() - begun < 0.1  # no compilation: an answer that is kept


@pytest.mark.parametrize("library", ["torch", "keras", "tf1", "optax"])
def test_a_recipe_is_that_of_python(shared: TestClient, stored: Path, library: str) -> None:
    answer = shared.get("/races/small/recipe", params={"to": library})
    assert answer.text == open_race(stored / "small").recipe(library)
    assert answer.headers["content-disposition"] == f'attachment; filename="small-{library}.py"'


def test_recipes_that_there_are_not(shared: TestClient) -> None:
    assert shared.get("/races/small/recipe?to=numpy").status_code == 404
    assert shared.get("/races/nothing/recipe").status_code == 404
    assert shared.get("/races/small/recipe?run=1").status_code == 400


def test_best_settings_on_an_edge_are_told(shared: TestClient) -> None:
    assert shared.get("/api/races/small").json()["edges"] == []  # of two rates the better is always an end


def test_an_unknown_address_is_a_page_that_says_so_and_json_below_api(shared: TestClient) -> None:
    opened = {"accept": "text/html,*/*", "accept-language": "zh-CN"}
    page = shared.get("/nothing", headers=opened)
    assert page.status_code == 404
    assert '<html lang="zh-CN">' in page.text
    assert shared.get("/api/nothing", headers=opened).json() == {"error": "没有这个地址"}
    assert shared.get("/nothing").json() == {"error": "Not Found"}
    moved = shared.get("/races?lang=zh", headers=opened)
    assert (moved.url.path, moved.url.query, moved.status_code) == ("/race", b"lang=zh", 200)
