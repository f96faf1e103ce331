"""Progress in a real Jupyter kernel: one output, updated in place; the race shows itself; elsewhere nothing appears."""

import nbformat
import pytest
from nbclient import NotebookClient

import steepest
from steepest.racing.in_notebook import Shown, in_notebook

CELL = """
import steepest
race = steepest.race("digits-mlp", ["sgd", "adam"], lr="0.01,0.1", seeds=2, epochs=6)
race
"""
QUIET = """
seen = []
steepest.race("digits-mlp", "sgd", lr=0.1, seeds=1, epochs=1, progress=seen.append)
print(len(seen) > 0)
"""


def test_in_a_kernel_it_is_shown_and_updated_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    cells = [nbformat.v4.new_code_cell(source) for source in (CELL, QUIET)]
    book = nbformat.v4.new_notebook(cells=cells)
    updates = []
    client = NotebookClient(book, timeout=120, kernel_name="python3")
    process = client.process_message

    def noted(message, *rest):
        if message["msg_type"] in ("display_data", "update_display_data"):
            updates.append((message["msg_type"], message["content"]["data"]["text/html"]))
        return process(message, *rest)

    monkeypatch.setattr(client, "process_message", noted)
    client.execute()
    assert [kind for kind, _ in updates] == ["display_data"] + ["update_display_data"] * (len(updates) - 1)
    assert len(updates) > 1
    assert "100 %" in updates[-1][1]
    outputs = book.cells[0].outputs
    assert [o.output_type for o in outputs] == ["display_data", "execute_result"]
    assert outputs[0].data["text/html"] == updates[-1][1], "the last state stays"
    assert "adam" in outputs[0].data["text/html"]
    assert "<svg" in outputs[1].data["text/html"]
    assert [o.get("text") for o in book.cells[1].outputs if o.output_type != "execute_result"] == ["True\n"]


def test_elsewhere_nothing_is_shown() -> None:
    assert not in_notebook()


def test_what_it_says_is_escaped_and_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    from steepest.racing.in_notebook import html

    seen = []
    steepest.race("digits-mlp", [("<i>", steepest.adam)], lr=0.01, seeds=1, epochs=1, progress=seen.append)
    for lang, words in (("en", "1 / 1 runs alive"), ("zh", "1 / 1 次运行存活")):
        shown = html(seen[-1], lang)
        assert words in shown
        assert "<i>" not in shown
        assert "&lt;i&gt;" in shown
    assert Shown()._output is None
