import sys
from pathlib import Path

import pytest

from steepest.core.errors import BadFile
from steepest.core.python_file import execute, parts, whole_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mine.py", ("mine.py", "")),
        ("mine.py:", ("mine.py", "")),
        ("a/b=1/mine.py:net", ("a/b=1/mine.py", "net")),
        (r"C:\mine.py:net", (r"C:\mine.py", "net")),
        ("mine.py:net:beta=0.8", None),
        ("surface:mine.py", None),
        ("adam", None),
        ("optax.adam", None),
    ],
)
def test_what_names_a_file(text: str, expected: tuple[str, str] | None) -> None:
    assert parts(text) == expected


def test_a_file_is_run_and_its_neighbours_are_importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "neighbour_of_a_test.py").write_text("value = 2\n")
    (tmp_path / "mine.py").write_text("from neighbour_of_a_test import value\ntwice = 2 * value\n")
    monkeypatch.chdir(tmp_path)
    module = execute("mine.py")
    assert module.twice == 4
    assert execute(str(tmp_path / "mine.py")) is module
    (tmp_path / "mine.py").write_text("twice = 'another'\n")
    assert execute("mine.py").twice == "another"
    assert whole_path("mine.py") == Path(module.__file__ or "") == tmp_path / "mine.py"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("x = 1\ny = x / 0\n", "line 2: ZeroDivisionError"),
        ("x = (\n", "line 1: SyntaxError"),
        ("import sys\nsys.exit()\n", "line 2: SystemExit"),
        (None, "there is no file"),
    ],
)
def test_what_is_wrong_with_it_is_told_in_one_line(code: str | None, told: str, tmp_path: Path) -> None:
    if code is not None:
        (tmp_path / "mine.py").write_text(code)
    with pytest.raises(BadFile, match=told) as caught:
        execute(str(tmp_path / "mine.py"))
    assert "\n" not in str(caught.value)


def test_an_interrupted_one_leaves_nothing_half_made(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        execute(str(tmp_path / "mine.py"))
    assert str(tmp_path / "mine.py") not in [getattr(module, "__file__", "") for module in sys.modules.values()]
