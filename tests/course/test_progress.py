"""Progress is written whole or not at all, shared by several programs, and survives a file that cannot be read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from steepest.core.errors import BadFile
from steepest.course.progress import Progress, home_folder


def test_what_was_right_once_stays_right(tmp_path: Path) -> None:
    mine = Progress(tmp_path / "new" / "folder")
    assert mine.chapters() == {}
    mine.opened("1.2")
    mine.answered("1.2", "loss", False)
    mine.answered("1.2", "dz", True)
    mine.answered("1.2", "dz", False)
    mine.handed_in("1.2", "neuron", True)
    mine.handed_in("1.2", "neuron", False)
    mine.handed_in("1.3", "shallow", False)
    assert Progress(mine.folder).chapters() == {
        "1.2": {"opened": True, "quizzes": {"loss": False, "dz": True}, "homework": {"neuron": True}},
        "1.3": {"opened": False, "quizzes": {}, "homework": {"shallow": False}},
    }
    assert json.loads(mine.path.read_text())["version"] == 1


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"3",
        b'{"version": 1}',
        b'{"version": 1, "chapters": []}',
        b'{"version": 1, "chapters": {"1.2": 3}}',
        b'{"version": 1, "chapters": {"1.2": {"quizzes": {}}}}',
        b'{"version": "1", "chapters": {}}',
    ],
)
def test_a_file_that_cannot_be_read_is_put_aside(damage: bytes, tmp_path: Path) -> None:
    mine = Progress(tmp_path)
    mine.path.write_bytes(damage)
    assert mine.chapters() == {}
    assert (tmp_path / "progress.damaged.json").read_bytes() == damage
    mine.opened("1.2")
    assert mine.chapters()["1.2"]["opened"]


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    mine = Progress(tmp_path)
    mine.path.write_text('{"version": 2, "chapters": "other"}')
    for change in (mine.chapters, lambda: mine.opened("1.2")):
        with pytest.raises(BadFile, match="later version"):
            change()
    assert mine.path.read_text() == '{"version": 2, "chapters": "other"}'


def test_a_write_that_breaks_off_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Progress(tmp_path)
    mine.opened("1.2")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadFile, match="No space left"):
        mine.opened("1.3")
    assert set(mine.chapters()) == {"1.2"}


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadFile, match="STEEPEST_HOME"):
        Progress(tmp_path / "file" / "below").opened("1.2")


ANSWERING = """
import sys, pathlib
from steepest.course.progress import Progress
for i in range(10):
    Progress(pathlib.Path(sys.argv[1])).answered("1.2", f"quiz-{sys.argv[2]}-{i}", True)
"""


def test_several_programs_lose_nothing_to_each_other(tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", ANSWERING, str(tmp_path), str(n)]) for n in range(3)]
    assert [other.wait() for other in others] == [0, 0, 0]
    assert len(Progress(tmp_path).chapters()["1.2"]["quizzes"]) == 30


def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEEPEST_HOME", "/somewhere")
    assert home_folder() == Path("/somewhere")
    monkeypatch.delenv("STEEPEST_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert home_folder() == Path("/data/steepest")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert home_folder() == Path("~/.local/share/steepest").expanduser()
