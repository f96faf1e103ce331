"""The lab speaks the language of the page: what the address asks for, else what the browser accepts."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from steepest.web import orders

from .test_jobs import until

CHINESE = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}


@pytest.mark.parametrize(
    ("path", "status", "chinese"),
    [
        ("/api/races/none", 404, "这里没有比赛 'none'"),
        ("/api/descend?surface=bowl&o=rmspro", 404, "未知的优化器 'rmspro'；是不是 'rmsprop'？"),
        ("/api/surface?surface=x+%2B", 400, "公式：意外的结尾；那里缺了东西"),
        ("/api/nothing", 404, "没有这个地址"),
        ("/api/compare", 400, "比较需要两场比赛，a 和 b"),
    ],
)
def test_errors(shared: TestClient, path: str, status: int, chinese: str) -> None:
    told = shared.get(path, headers=CHINESE)
    assert told.status_code == status
    assert told.json()["error"] == chinese
    assert not re.search("[一-鿿]", shared.get(path).json()["error"])


def test_the_address_comes_before_the_browser(shared: TestClient) -> None:
    assert shared.get("/api/chapters?lang=klingon").json() == shared.get("/api/chapters?lang=en").json()
    assert shared.get("/api/nothing?lang=zh").json()["error"] == "没有这个地址"
    assert shared.get("/api/nothing?lang=en", headers=CHINESE).json()["error"] == "Not Found"


def test_what_the_guard_refuses(shared: TestClient) -> None:
    told = shared.post("/api/races", json={}, headers={**CHINESE, "origin": "http://evil.example"})
    assert told.status_code == 403
    assert told.json()["error"].startswith("只有实验室自己的页面可以这样做")


def test_pages_are_served_in_their_language(shared: TestClient) -> None:
    assert '<html lang="en">' in shared.get("/course").text
    assert '<html lang="zh-CN">' in shared.get("/course?lang=zh").text
    assert '<html lang="zh-CN">' in shared.get("/course", headers=CHINESE).text
    assert '<html lang="en">' in shared.get("/course?lang=en", headers=CHINESE).text


def test_why_a_race_failed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")  # of the lab's terminal: no matter to pages in English
    monkeypatch.setattr(orders, "arguments", lambda order, own: ["digits-mpl"])
    id = client.post("/api/races", json={}).json()["id"]
    until(lambda: client.get(f"/api/races/{id}").json()["state"] == "failed")
    english, chinese = (client.get(f"/api/races/{id}?lang={lang}").json()["error"] for lang in ("en", "zh"))
    assert english == "steepest: unknown workload 'digits-mpl'; did you mean 'digits-mlp'?"
    assert chinese == "steepest: 未知的任务 'digits-mpl'；是不是 'digits-mlp'？"
    events = client.get(f"/api/races/{id}/events?lang=zh").text
    assert chinese in events
    (row,) = (one for one in client.get("/api/races?lang=zh").json()["races"] if one["id"] == id)
    assert row["error"] == chinese
