"""What README shows under "Your own" is run as it stands, every Python block and every command; the Chinese README has
the same code, comments apart."""

import ast
import builtins
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_wine

from steepest.cli.main import main

ROOT = Path(__file__).parents[1]
SECTIONS = {"README.md": "## Your own\n", "README.zh.md": "## 用自己的\n"}


def blocks(file: str) -> list[tuple[str, str]]:
    """(language, code) of each block of the section."""
    text = (ROOT / file).read_text("utf-8").split(SECTIONS[file])[1].split("\n## ")[0]
    return re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)


def test_both_languages_show_the_same_code() -> None:
    en, zh = (
        [(kind, ast.dump(ast.parse(code)) if kind == "python" else code) for kind, code in blocks(file)]
        for file in SECTIONS
    )
    assert en == zh


def test_the_first_and_the_last_block_stand_alone() -> None:
    first, *_, last = (code for kind, code in blocks("README.md") if kind == "python")
    for code in (first, last):
        names = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
        made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        imports = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom)]
        made |= {alias.asname or alias.name for node in imports for alias in node.names} | {"s", *dir(builtins)}
        assert {node.id for node in names} <= made


def test_the_section_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    np.savetxt("new.csv", load_wine().data[:3], delimiter=",")
    names: dict[str, Any] = {"__name__": "readme"}
    for kind, code in blocks("README.md"):
        if kind == "python":
            exec(compile(code, "README.md", "exec"), names)
        for line in code.splitlines() if kind == "console" else ():
            assert line.startswith("$ steepest ")
            assert main(shlex.split(line.removeprefix("$ steepest "))) == 0, line
    assert "raise SystemExit" in (tmp_path / "diabetes_optax.py").read_text("utf-8")
    x, y, wine = (names[name] for name in ("x", "y", "wine"))
    stored = names["steepest"].open("runs/wine", wine)
    assert stored.ranking[0]["mean"] > 0.9
    assert np.mean(stored.best.predict(x).argmax(axis=1) == y) > 0.95
    patients, progress = names["patients"], names["progress"]
    predicted = names["race"].best.predict(patients)[:, 0] * names["spread"] + names["mean"]
    reached = names["race"].ranking[0]["mean"]
    assert reached < 62  # 54 to 60 by linear regression, depending on the split; 77 by the mean
    assert np.sqrt(np.mean((predicted - progress) ** 2)) < reached + 10
