"""One writer at a time, and a lock that dies with its process."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from steepest.core.errors import BadFile, Unavailable
from steepest.store import Store
from steepest.store.lock import Lock, holder

from .conftest import SPEC, rows

HOLD = """
import sys
from steepest.store import Store
store = Store.open(sys.argv[1], write=True)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_of_the_same_process_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(BadFile, match=f"process {os.getpid()} is writing this race"):
        Store.open(folder, write=True)
    store.close()
    Store.open(folder, write=True).close()


def test_another_process_is_named_and_its_death_frees_the_lock(folder: Path) -> None:
    Store.create(folder, SPEC, rows()).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadFile, match=f"process {other.pid} is writing this race"):
            Store.open(folder, write=True)
        with Store.open(folder) as seen:  # reading is free
            assert seen.runs() == rows()
        other.kill()
        other.wait()
        Store.open(folder, write=True).close()


def test_a_race_being_made_is_locked_too(folder: Path) -> None:
    folder.mkdir(parents=True)
    lock = Lock(folder)
    with pytest.raises(BadFile, match="is writing this race"):
        Store.create(folder, SPEC, rows())
    lock.release()
    lock.release()
    Store.create(folder, SPEC, rows()).close()


def test_a_holder_without_a_name(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    os.truncate(tmp_path / "lock", 0)
    with pytest.raises(BadFile, match="another process is writing"):
        Lock(tmp_path)
    lock.release()


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(fd: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(Unavailable, match="has no locks"):
        Lock(tmp_path)


def test_the_writer_is_known_while_it_writes(folder: Path) -> None:
    assert holder(folder) is None
    Store.create(folder, SPEC, rows()).close()
    assert holder(folder) is None  # its pid is alive, but it has let go
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert holder(folder) == other.pid
        with Store.open(folder) as seen:
            assert seen.runs() == rows()
        other.kill()
    assert holder(folder) is None


@pytest.mark.parametrize("text", ["", "no pid", "4194304999", "99999999999999999999999"])
def test_a_lock_file_that_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock").write_text(text)
    assert holder(tmp_path) is None
