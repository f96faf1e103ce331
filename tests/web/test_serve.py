"""The lab's address, its port, and what it does without JAX."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

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


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "steepest", "lab", "surfaces", "--no-browser", "--races", str(tmp_path)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "STEEPEST_HOME": str(tmp_path)}
    )
    assert process.stderr is not None
    root = process.stderr.readline().split()[2]
    assert urlsplit(root).path == "/surfaces"
    with build_opener(ProxyHandler({})).open(root, timeout=10) as page:
        assert b"<main" in page.read()
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert said == ""


def test_the_lab_starts_without_jax() -> None:
    code = "import sys; import steepest.web.app, steepest.web.serve; print('jax' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "False\n"
