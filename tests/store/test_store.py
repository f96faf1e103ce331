"""The contract of every method of `Store`."""

from __future__ import annotations

import math
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

import steepest.store
from steepest.core.errors import BadFile, BadValue, Unavailable
from steepest.core.status import Status
from steepest.store import RunRow, RunUpdate, SlabRow, Store

from .conftest import SPEC, rows, state


def same(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> bool:
    return a.keys() == b.keys() and all(
        a[k].dtype == b[k].dtype and a[k].shape == b[k].shape and np.array_equal(a[k], b[k]) for k in a
    )


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_public_names() -> None:
    names = ["FORMAT_VERSION", "NewSlab", "RunRow", "RunUpdate", "SlabRow", "Store", "Writer"]
    assert steepest.store.__all__ == names


def test_imports_no_jax() -> None:
    code = "import sys, steepest.store; sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_race_gives_back_what_it_was_given(store: Store, folder: Path) -> None:
    assert store.spec == SPEC
    assert store.runs() == rows()
    assert store.slabs() == [SlabRow(0, 0, None, False), SlabRow(1, 1, None, False)]
    assert store.state == "running"
    assert (store.wall_s, store.compile_s) == (0.0, 0.0)
    assert store.checkpoint(0) is None
    assert {k: v.size for k, v in store.records().items()} == {"run": 0, "step": 0, "metric": 0, "value": 0}
    assert store.writable
    assert repr(store) == f"Store({str(folder)!r}, write=True)"


def test_numpy_numbers_may_stand_in_a_spec(tmp_path: Path) -> None:
    run = RunRow(0, "sgd", {"learning_rate": np.float32(0.5)}, 0, 0, 0)
    with Store.create(tmp_path / "r", {"epochs": np.int64(3)}, [run]) as store:
        assert store.spec == {"epochs": 3}
        assert store.runs()[0].hyperparameters == {"learning_rate": 0.5}


@pytest.mark.parametrize(
    ("spec", "runs", "message"),
    [
        ({"f": object()}, rows(), "spec"),
        ({}, [], "at least one run"),
        ({}, [*rows(), rows()[0]], "same id"),
        ({}, [*rows(), RunRow(9, "sgd", {}, 0, 1, 0)], "slab 0 is of lane 0, not 1"),
        ({}, [RunRow(0, "sgd", {}, 2**80, 0, 0)], "64 bits"),
    ],
)
def test_create_refuses_nonsense_and_the_folder_can_be_used_again(
    folder: Path, spec: dict, runs: list[RunRow], message: str
) -> None:
    with pytest.raises(BadValue, match=message):
        Store.create(folder, spec, runs)
    Store.create(folder, SPEC, rows()).close()


def test_create_refuses_a_race(store: Store, folder: Path) -> None:
    with pytest.raises(
        BadFile, match=r"already holds a race; resume it with `steepest resume .*, or give another folder"
    ):
        Store.create(folder, SPEC, rows())
    store.close()
    with pytest.raises(BadFile, match="already holds a race"):
        Store.create(folder, SPEC, rows())


@pytest.mark.parametrize("name", ["notes.txt", "models/theirs.bin", "race.sqlite-wal"])
def test_create_refuses_a_foreign_folder_and_leaves_it_alone(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine")
    with pytest.raises(BadFile, match="not empty"):
        Store.create(folder, SPEC, rows())
    assert files(folder) == {name}


def test_create_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(BadFile, match="not a folder"):
        Store.create(tmp_path / "f", SPEC, rows())


def test_create_refuses_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises((BadFile, Unavailable)):
        Store.create(tmp_path / "f" / "race", SPEC, rows())


def test_create_takes_over_the_start_of_a_race(folder: Path) -> None:
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "lock").write_text("99999\n")
    (folder / "race.sqlite.new").write_bytes(b"half a database")
    (folder / "race.sqlite.new-wal").write_bytes(b"and its journal")
    with Store.create(folder, SPEC, rows()) as store:
        assert store.runs() == rows()
    assert files(folder) == {"lock", "race.sqlite"}


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    Store.create(str(tmp_path), SPEC, rows()).close()


def test_the_database_is_ours_by_its_pragmas(store: Store, folder: Path) -> None:
    with sqlite3.connect(folder / "race.sqlite") as db:
        assert db.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"Stst"
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_commit_is_all_there(store: Store, folder: Path) -> None:
    store.commit(
        slab=0,
        chunk=0,
        arrays=state(1),
        records=[(0, 10, "loss", 0.5), (1, 10, "loss", math.nan), (0, 20, "acc", -math.inf)],
        runs=[RunUpdate(0, Status.RUNNING, 20, {"loss": 0.5, "acc": math.inf})],
        wall_s=1.5,
        compile_s=0.25,
    )
    with Store.open(folder) as seen:  # beside the writer
        assert not seen.writable
        assert seen.slabs() == [SlabRow(0, 0, 0, False), SlabRow(1, 1, None, False)]
        assert seen.runs()[0] == RunRow(
            0, "sgd", {"learning_rate": 0.1}, 0, 0, 0, Status.RUNNING, 20, {"loss": 0.5, "acc": math.inf}
        )
        assert (seen.wall_s, seen.compile_s) == (1.5, 0.25)
        table = seen.records()
        assert table["run"].tolist() == [0, 0, 1]
        assert table["step"].tolist() == [10, 20, 10]
        assert table["metric"].tolist() == ["loss", "acc", "loss"]
        np.testing.assert_array_equal(table["value"], [0.5, -math.inf, math.nan])
        assert table["run"].dtype == table["step"].dtype == np.int64
        assert table["value"].dtype == np.float64
        found = seen.checkpoint(0)
    assert found is not None
    assert found[0] == 0
    assert same(found[1], state(1))
    assert "checkpoints/slab-00000-chunk-000000.safetensors" in files(folder)


def test_nan_metrics_of_runs_survive(store: Store) -> None:
    metrics = {"loss": math.nan, "best": math.inf, "worst": -math.inf, "acc": 0.1 + 0.2}
    store.commit(slab=0, chunk=0, arrays={}, runs=[RunUpdate(1, Status.DIVERGED, 7, metrics)])
    run = store.runs()[1]
    assert (run.status, run.steps) == (Status.DIVERGED, 7)
    assert math.isnan(run.metrics.pop("loss"))
    assert run.metrics == {"best": math.inf, "worst": -math.inf, "acc": 0.1 + 0.2}


def test_an_update_replaces_a_runs_metrics(store: Store) -> None:
    store.commit(slab=1, chunk=0, arrays={}, runs=[RunUpdate(3, Status.RUNNING, 1, {"a": 1.0})])
    store.commit(slab=1, chunk=1, arrays={}, runs=[RunUpdate(3, Status.RUNNING, 2, {"b": 2.0})])
    assert store.runs()[3].metrics == {"b": 2.0}


def test_numpy_scalars_are_stored_as_numbers(store: Store) -> None:
    record = (np.int32(1), np.int64(2), "loss", np.float32(0.5))
    update = RunUpdate(np.int64(1), Status.RUNNING, np.int32(2), {"loss": np.float32(0.5)})  # type: ignore[arg-type]
    store.commit(slab=0, chunk=0, arrays={}, records=[record], runs=[update], wall_s=np.float32(1))  # type: ignore[list-item]
    assert store.records()["value"].tolist() == [0.5]
    assert (store.runs()[1].steps, store.runs()[1].metrics) == (2, {"loss": 0.5})
    assert store.wall_s == 1.0


def test_the_checkpoint_before_goes_when_the_next_is_in(store: Store, folder: Path) -> None:
    for chunk in range(3):
        store.commit(slab=0, chunk=chunk, arrays=state(chunk))
        store.commit(slab=1, chunk=chunk, arrays=state(chunk))
    assert sorted(p.name for p in (folder / "checkpoints").iterdir()) == [
        "slab-00000-chunk-000002.safetensors",
        "slab-00001-chunk-000002.safetensors",
    ]


def test_committing_again_changes_nothing(store: Store) -> None:
    for _ in range(2):
        store.commit(
            slab=0,
            chunk=3,
            arrays=state(),
            records=[(0, 1, "loss", 0.5)],
            runs=[RunUpdate(0, Status.RUNNING, 1, {"loss": 0.5})],
            wall_s=2.0,
            compile_s=1.0,
        )
    assert store.records()["value"].tolist() == [0.5]
    assert (store.wall_s, store.compile_s) == (2.0, 1.0)
    found = store.checkpoint(0)
    assert found is not None
    assert same(found[1], state())


def test_seconds_add_up_over_chunks_and_slabs(store: Store) -> None:
    for slab, chunk, wall in [(0, 0, 1.0), (0, 1, 2.0), (1, 0, 4.0)]:
        store.commit(slab=slab, chunk=chunk, arrays={}, wall_s=wall, compile_s=wall / 2)
    assert (store.wall_s, store.compile_s) == (7.0, 3.5)


def test_a_commit_that_contradicts_the_race_stores_nothing(store: Store, folder: Path) -> None:
    store.commit(slab=0, chunk=1, arrays=state())
    before = files(folder)
    with pytest.raises(BadValue, match="slab 7: the race has slabs 0 to 1"):
        store.commit(slab=7, chunk=0, arrays={})
    with pytest.raises(BadValue, match="chunk 0 comes after chunk 1"):
        store.commit(slab=0, chunk=0, arrays={})
    with pytest.raises(BadValue, match="run 3 is not of slab 0"):
        store.commit(slab=0, chunk=2, arrays={}, records=[(3, 1, "loss", 1.0)])
    with pytest.raises(BadValue, match="run 9 is not of slab 0"):
        store.commit(slab=0, chunk=2, arrays={}, runs=[RunUpdate(9, Status.RUNNING, 1)])
    with pytest.raises(BadValue, match="cannot be stored"):
        store.commit(slab=0, chunk=2, arrays={"o": np.array([None])})
    assert files(folder) == before
    assert store.slabs()[0].chunk == 1


def test_a_reader_cannot_write(store: Store, folder: Path) -> None:
    with Store.open(folder) as seen:
        for write in (
            lambda: seen.commit(slab=0, chunk=0, arrays={}),
            lambda: seen.finish_slab(0, {}),
            lambda: seen.set_meta("a", 1),
            seen.finish,
        ):
            with pytest.raises(BadValue, match="opened for reading"):
                write()


def test_records_can_be_narrowed(store: Store) -> None:
    rows = [(run, step, m, float(run + step)) for run in (0, 1) for step in range(3) for m in ("loss", "acc")]
    store.commit(slab=0, chunk=0, arrays={}, records=reversed(rows))
    assert len(store.records()["run"]) == 12
    assert set(store.records(["acc"])["metric"]) == {"acc"}
    assert set(store.records(runs=[1])["run"]) == {1}
    one = store.records(["loss"], runs=np.array([1]))
    assert one["step"].tolist() == [0, 1, 2]
    assert one["value"].tolist() == [1.0, 2.0, 3.0]
    for empty in (store.records(["no such"]), store.records([]), store.records(runs=[])):
        assert {k: v.size for k, v in empty.items()} == {"run": 0, "step": 0, "metric": 0, "value": 0}


def test_an_ended_slab_keeps_models_and_drops_its_checkpoint(store: Store, folder: Path) -> None:
    store.commit(slab=0, chunk=0, arrays=state())
    for _ in range(2):  # the second changes nothing
        store.finish_slab(0, {0: state(5)}, runs=[RunUpdate(0, Status.FINISHED, 9), RunUpdate(1, Status.DIVERGED, 3)])
        assert store.slabs()[0] == SlabRow(0, 0, 0, True)
        assert store.checkpoint(0) is None
        assert same(store.model(0), state(5))
        assert [run.status for run in store.runs()[:2]] == [Status.FINISHED, Status.DIVERGED]
        assert not list((folder / "checkpoints").iterdir())
        assert [p.name for p in (folder / "models").iterdir()] == ["run-00000.safetensors"]
    with pytest.raises(BadValue, match="slab 0 has ended"):
        store.commit(slab=0, chunk=1, arrays={})
    with pytest.raises(BadFile, match=r"run 1 kept no model \(it is diverged\)"):
        store.model(1)
    with pytest.raises(BadFile, match=r"run 2 has not finished .*steepest resume"):
        store.model(2)
    with pytest.raises(BadValue, match="run 77: the race has runs 0 to 3"):
        store.model(77)
    with pytest.raises(BadValue, match="slab 77"):
        store.checkpoint(77)
    with pytest.raises(BadValue, match="run 2 is not of slab 0"):
        store.finish_slab(0, {2: state()})


def test_a_slab_may_end_without_a_chunk(store: Store) -> None:
    store.finish_slab(1, {})
    assert store.slabs()[1] == SlabRow(1, 1, None, True)


def test_meta_and_state_are_kept(store: Store, folder: Path) -> None:
    assert store.meta("width") is None
    assert store.meta("width", 3) == 3
    store.set_meta("width", {"lane": [16, 8]})
    store.set_meta("width", [16])
    store.finish()
    store.finish()
    store.close()
    with Store.open(folder) as seen:
        assert seen.meta("width") == [16]
        assert seen.state == "finished"


def test_a_closed_race_is_one_database_file(store: Store, folder: Path) -> None:
    store.commit(slab=0, chunk=0, arrays={})
    store.close()
    store.close()
    assert files(folder) == {"lock", "race.sqlite", "checkpoints/slab-00000-chunk-000000.safetensors"}


def test_reopening_for_writing_goes_on_and_sweeps(store: Store, folder: Path) -> None:
    store.commit(slab=0, chunk=0, arrays=state())
    store.close()
    strays = ["slab-00000-chunk-000001.safetensors", "slab-00001-chunk-000000.safetensors.part"]
    for name in strays:
        (folder / "checkpoints" / name).write_bytes(b"x")
    (folder / "models" / "run-00000.safetensors.part").write_bytes(b"x")
    (folder / "checkpoints" / "README").write_bytes(b"of the user")
    with Store.open(folder) as seen:
        assert seen.checkpoint(0) is not None
    assert (folder / "checkpoints" / strays[0]).exists()  # a reader touches nothing
    with Store.open(folder, write=True) as again:
        left = {"checkpoints/slab-00000-chunk-000000.safetensors", "checkpoints/README", "lock"}
        assert {f for f in files(folder) if not f.startswith("race.sqlite")} == left
        again.commit(slab=0, chunk=1, arrays=state(1))
        assert again.slabs()[0].chunk == 1


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    folder = tmp_path / "最速 ?mode=memory#%41"
    Store.create(folder, SPEC, rows()).close()
    with Store.open(folder) as store:
        assert store.runs() == rows()


def test_a_relative_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.create("race", SPEC, rows()) as store:
        store.commit(slab=0, chunk=0, arrays=state())


def test_threads_may_share_a_store(store: Store) -> None:
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(50):
                run = store.runs()[0]
                assert run.steps == run.metrics.get("steps", 0)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for chunk in range(10):
        store.commit(slab=0, chunk=chunk, arrays={}, runs=[RunUpdate(0, Status.RUNNING, chunk, {"steps": chunk})])
    for thread in threads:
        thread.join()
    assert not failures


def test_a_closed_race_opens_in_a_read_only_folder() -> None:
    # not below tmp_path, which only its owner may enter: root must become somebody else to be refused
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "race"
        with Store.create(folder, SPEC, rows()) as store:
            store.commit(slab=0, chunk=0, arrays=state())
        for path in (*folder.rglob("*"), folder, Path(base)):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True)
        for path in (Path(base), folder, folder / "checkpoints", folder / "models"):
            path.chmod(0o755)
    assert done.stdout.split() == ["4", "0"], done.stderr
    assert "BadFile" in done.stderr
    assert "cannot be written" in done.stderr


READ_ONLY = """
import os, sys
import ml_dtypes
from steepest.store import Store

if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
with Store.open(sys.argv[1]) as store:
    print(len(store.runs()), store.checkpoint(0)[0])
Store.open(sys.argv[1], write=True)
"""
