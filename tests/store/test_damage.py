"""Missing, foreign, damaged and newer races are refused in one line; a full disk keeps the last chunk."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from steepest.core.errors import BadFile, SteepestError, Unavailable
from steepest.core.status import Status
from steepest.store import RunUpdate, Store

from .conftest import SPEC, rows, state


@pytest.fixture
def race(folder: Path) -> Path:
    """A closed race with one chunk."""
    with Store.create(folder, SPEC, rows()) as store:
        records = [(0, step, "loss", 1 / (1 + step)) for step in range(2000)]
        updates = [RunUpdate(0, Status.RUNNING, 2000, {"loss": 0.1})]
        store.commit(slab=0, chunk=4, arrays=state(4), records=records, runs=updates)
    return folder


def refused(folder: Path, message: str) -> None:
    for write in (False, True):
        with pytest.raises(BadFile, match=message) as caught:
            Store.open(folder, write=write)
        assert "\n" not in str(caught.value)


def test_a_missing_race(tmp_path: Path) -> None:
    refused(tmp_path / "none", "no race here")
    refused(tmp_path, "no race here")
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file", "no race here")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]  # nothing was made on the way


def test_a_foreign_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "race.sqlite")) as db:
        db.execute("CREATE TABLE runs (id INTEGER)")
    refused(tmp_path, "not made by Steepest")
    with pytest.raises(BadFile, match="not made by Steepest"):
        Store.create(tmp_path, SPEC, rows())


@pytest.mark.parametrize("content", [b"", b"SQLite", b"hello, world" * 100])
def test_no_database_at_all(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "race.sqlite").write_bytes(content)
    refused(tmp_path, "damaged or no SQLite")


def test_a_folder_in_the_place_of_the_database(tmp_path: Path) -> None:
    (tmp_path / "race.sqlite").mkdir()
    refused(tmp_path, "cannot be read")


def test_a_newer_format(race: Path) -> None:
    with closing(sqlite3.connect(race / "race.sqlite")) as db:
        db.execute("PRAGMA user_version=2")
    refused(race, r"made by a newer Steepest \(format 2, this one reads up to 1\); upgrade")


def test_an_impossible_format(race: Path) -> None:
    with closing(sqlite3.connect(race / "race.sqlite")) as db:
        db.execute("PRAGMA user_version=0")
    refused(race, "damaged")


def test_a_truncated_database(race: Path) -> None:
    path = race / "race.sqlite"
    os.truncate(path, path.stat().st_size // 2)
    refused(race, "damaged")


def test_a_database_without_its_tables(race: Path) -> None:
    with closing(sqlite3.connect(race / "race.sqlite")) as db:
        db.execute("DROP TABLE runs")
    with Store.open(race) as store, pytest.raises(BadFile, match="damaged"):
        store.runs()


@pytest.mark.parametrize("change", ["status = 'asleep'", "hyperparameters = '{'"])
def test_a_run_that_makes_no_sense(race: Path, change: str) -> None:
    with closing(sqlite3.connect(race / "race.sqlite", isolation_level=None)) as db:
        db.execute(f"UPDATE runs SET {change} WHERE id = 0")
    with Store.open(race) as store, pytest.raises(BadFile, match="damaged"):
        store.runs()


@pytest.mark.parametrize("seed", range(30))
def test_random_bytes_in_the_database_never_escape_as_another_error(race: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = race / "race.sqlite"
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 10, 300])):
        data[rng.randrange(100, len(data))] = rng.randrange(256)
    path.write_bytes(data)
    for write in (False, True):
        try:
            with Store.open(race, write=write) as store:
                for look in (
                    store.runs,
                    store.slabs,
                    store.records,
                    lambda s=store: (s.spec, s.state, s.wall_s),
                ):
                    look()
                if write:
                    store.commit(slab=0, chunk=5, arrays=state(), records=[(0, 3000, "loss", 1.0)])
                    store.checkpoint(0)
        except SteepestError:
            pass


def test_a_damaged_race_leaves_the_lock_free(race: Path) -> None:
    whole = (race / "race.sqlite").read_bytes()
    os.truncate(race / "race.sqlite", len(whole) // 2)
    with pytest.raises(BadFile):
        Store.open(race, write=True)
    (race / "race.sqlite").write_bytes(whole)
    Store.open(race, write=True).close()


def test_damaged_and_missing_checkpoints_and_models(race: Path) -> None:
    (path,) = (race / "checkpoints").iterdir()
    os.truncate(path, path.stat().st_size - 1)
    with Store.open(race, write=True) as store:
        with pytest.raises(BadFile, match=r"slab-00000-chunk-000004\.safetensors: damaged"):
            store.checkpoint(0)
        path.unlink()
        with pytest.raises(BadFile, match="missing"):
            store.checkpoint(0)
        store.finish_slab(0, {0: state(), 1: state()})
        shutil.copy(race / "models" / "run-00001.safetensors", race / "models" / "run-00000.safetensors")
        with pytest.raises(BadFile, match="its run is '1', not '0'"):
            store.model(0)
        (race / "models" / "run-00001.safetensors").unlink()
        with pytest.raises(BadFile, match="missing"):
            store.model(1)


def intact(store: Store) -> None:
    found = store.checkpoint(0)
    assert found is not None
    assert found[0] == 4
    np.testing.assert_array_equal(found[1]["layer.weight"], state(4)["layer.weight"])
    assert len(store.records()["run"]) == 2000


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_the_checkpoint(race: Path, call: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    with Store.open(race, write=True) as store:
        with monkeypatch.context() as patch:
            patch.setattr(os, call, refuse)
            with pytest.raises(Unavailable, match=os.strerror(code)):
                store.commit(slab=0, chunk=5, arrays=state(5))
            with pytest.raises(Unavailable):
                store.finish_slab(0, {0: state(5)})
        intact(store)
        assert [p.name for p in (race / "checkpoints").iterdir()] == ["slab-00000-chunk-000004.safetensors"]
        store.commit(slab=0, chunk=5, arrays=state(5))  # room again
        assert store.slabs()[0].chunk == 5


def test_a_disk_that_refuses_the_database(race: Path) -> None:
    with Store.open(race, write=True) as store:
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count={pages}")  # SQLite's own SQLITE_FULL
        many = [(0, 10_000 + step, "loss", 0.0) for step in range(5000)]
        with pytest.raises(Unavailable, match=r"full; the last good chunk is kept: .*`steepest resume"):
            store.commit(slab=0, chunk=5, arrays=state(5), records=many)
        intact(store)
    with Store.open(race, write=True) as store:
        intact(store)
        assert len(list((race / "checkpoints").iterdir())) == 1  # the orphan was swept
        store.commit(slab=0, chunk=5, arrays=state(5), records=many)
        assert len(store.records()["run"]) == 7000


FULL = """
import resource, signal, sys
import numpy as np
from steepest.core.errors import Unavailable
from steepest.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # Python's own default
store = Store.open(sys.argv[1], write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    if sys.argv[2] == "checkpoint":
        store.commit(slab=0, chunk=5, arrays={"x": np.zeros(100_000)})
    else:
        store.commit(slab=0, chunk=5, arrays={}, records=[(0, 9999 + i, "loss", 0.0) for i in range(20_000)])
except Unavailable as error:
    print(error)
print(store.checkpoint(0)[0], len(store.records()["run"]))
store.close()
"""


@pytest.mark.parametrize("part", ["checkpoint", "database"])
def test_a_real_limit_on_file_sizes(race: Path, part: str) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, race, part], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    message, after = done.stdout.splitlines()
    assert "the last good chunk is kept" in message
    assert after == "4 2000"
    with Store.open(race, write=True) as store:
        intact(store)


def test_create_on_a_full_disk_can_be_done_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(Unavailable, match="No space left"):
            Store.create(folder, SPEC, rows())
    with pytest.raises(BadFile, match="no race here"):
        Store.open(folder)
    Store.create(folder, SPEC, rows()).close()
