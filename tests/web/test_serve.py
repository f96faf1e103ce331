"""The lab's address, its port, and what it does without JAX."""

from __future__ import annotations

import subprocess
import sys

import pytest

from steepest.cli.main import main
from steepest.core.errors import BadValue, Unavailable, UnknownName
from steepest.web import serve


def test_a_taken_port_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    held = serve.bind(0)
    port = held.getsockname()[1]
    with pytest.raises(Unavailable, match=f"port {port} cannot be had"):
        serve.bind(port)
    assert main(["lab", "--port", str(port), "--no-browser"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--port" in said
    held.close()


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    held = serve.bind(0)
    monkeypatch.setattr(serve, "PORT", held.getsockname()[1])
    other = serve.bind()
    assert other.getsockname()[1] > held.getsockname()[1]
    held.close()
    other.close()


def test_addresses() -> None:
    assert serve.address("/course/2.2?lang=zh", 8000) == "http://127.0.0.1:8000/course/2.2?lang=zh"
    assert serve.address("surfaces", 8000, "zh") == "http://127.0.0.1:8000/surfaces?lang=zh"
    assert serve.address("/", 8000) == "http://127.0.0.1:8000/"
    with pytest.raises(UnknownName, match="surfaces"):
        serve.address("surface", 8000)
    with pytest.raises(BadValue, match="port"):
        serve.bind(70_000)


def test_mistakes_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "--lang", "fr", "--no-browser"]) == 2
    assert main(["lab", "digit", "--no-browser"]) == 2
    assert "did you mean 'digits'" in capsys.readouterr().err


def test_the_lab_starts_without_jax() -> None:
    code = "import sys; import steepest.web.app, steepest.web.serve; print('jax' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "False\n"
