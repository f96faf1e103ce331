"""Runs dealt into new slabs: all of it or nothing."""

from pathlib import Path

import numpy as np
import pytest

from steepest.core.errors import Unavailable
from steepest.core.status import Status
from steepest.store import NewSlab, RunRow, RunUpdate, Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [RunRow(i, "adam", {}, 0, 0, i // 2) for i in range(4)]
    with Store.create(tmp_path / "race", {}, rows) as store:
        for slab in (0, 1):
            arrays = {"w": np.arange(2.0) + 2 * slab}
            updates = [RunUpdate(2 * slab + k, Status.RUNNING, 5, {"loss": 1.0}) for k in (0, 1)]
            store.commit(slab=slab, chunk=0, arrays=arrays, runs=updates)
    return tmp_path / "race"


NEW = NewSlab(lane=0, chunk=0, runs=(1, 2), arrays={"w": np.array([1.0, 2.0])})
STOPPED = [RunUpdate(i, Status.STOPPED, 5, {"loss": 1.0}) for i in (0, 3)]


def test_the_new_slab_goes_on_where_the_old_ones_were(folder: Path) -> None:
    with Store.open(folder, write=True) as store:
        store.redeal([NEW], runs=STOPPED, stage=1)
        assert [(s.id, s.chunk, s.ended) for s in store.slabs()] == [(0, 0, True), (1, 0, True), (2, 0, False)]
        assert [r.slab for r in store.runs()] == [0, 2, 2, 1]
        assert [r.status for r in store.runs()] == ["stopped", "running", "running", "stopped"]
        assert store.meta("stage") == 1
        chunk, arrays = store.checkpoint(2) or (None, {})
        assert chunk == 0
        assert arrays["w"].tolist() == [1.0, 2.0]
        store.commit(slab=2, chunk=1, arrays=NEW.arrays)
    assert len(list((folder / "checkpoints").iterdir())) == 1


def test_a_disk_that_refuses_leaves_the_old_slabs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import steepest.store.store as module

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Store.open(folder, write=True) as store:
        monkeypatch.setattr(module, "write_arrays", full)
        with pytest.raises(Unavailable):
            store.redeal([NEW], runs=STOPPED, stage=1)
        assert [s.ended for s in store.slabs()] == [False, False]
        assert store.meta("stage") is None
        assert store.checkpoint(0) is not None
