"""Every format that was ever written opens for ever. `python -m tests.store.test_format` wrote the newest."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from steepest.core.status import Status
from steepest.store import FORMAT_VERSION, RunRow, RunUpdate, SlabRow, Store

FIXTURES = Path(__file__).parent / "fixtures"


def test_the_newest_format_has_a_fixture() -> None:
    assert sorted(p.name for p in FIXTURES.iterdir()) == [f"v{i + 1}" for i in range(FORMAT_VERSION)]


@pytest.mark.parametrize("write", [False, True])
def test_version_1_opens(tmp_path: Path, write: bool) -> None:
    shutil.copytree(FIXTURES / "v1", tmp_path / "race")
    with Store.open(tmp_path / "race", write=write) as store:
        assert store.spec == {"workload": "logistic", "seeds": 2, "note": "最速"}
        assert store.state == "running"
        assert store.meta("width") == [2]
        assert (store.wall_s, store.compile_s) == (1.75, 0.5)
        assert store.slabs() == [SlabRow(0, 0, 0, True), SlabRow(1, 1, 1, False)]
        first, second, third = store.runs()
        assert first == RunRow(
            0, "sgd", {"learning_rate": 0.1}, 0, 0, 0, Status.FINISHED, 2, {"loss": 0.25, "rise": math.inf}
        )
        assert (second.status, second.steps) == (Status.DIVERGED, 1)
        assert math.isnan(second.metrics["loss"])
        assert third == RunRow(2, "adam", {"amsgrad": True}, 1, 1, 1, Status.RUNNING, 20)
        table = store.records()
        assert table["run"].tolist() == [0, 0, 1, 2, 2]
        assert table["step"].tolist() == [1, 2, 1, 10, 20]
        assert table["metric"].tolist() == ["loss"] * 5
        np.testing.assert_array_equal(table["value"], [0.5, 0.25, math.nan, 1.0, -math.inf])
        found = store.checkpoint(1)
        assert found is not None
        assert found[0] == 1
        assert {k: (v.dtype.name, v.tolist()) for k, v in found[1].items()} == {
            "w": ("float32", [[0.0, 1.0], [2.0, 3.0]]),
            "done": ("bool", [True, False]),
            "key": ("uint32", [7, 8]),
            "half": ("bfloat16", [1.5]),
        }
        assert {k: v.tolist() for k, v in store.model(0).items()} == {"w": [1.0, 2.0]}
        if write:
            store.commit(slab=1, chunk=2, arrays={}, records=[(2, 30, "loss", 0.0)])
            assert len(store.records(runs=[2])["run"]) == 3


def make(folder: Path) -> None:
    import ml_dtypes

    runs = [
        RunRow(0, "sgd", {"learning_rate": 0.1}, 0, 0, 0),
        RunRow(1, "sgd", {"learning_rate": 9.0}, 0, 0, 0),
        RunRow(2, "adam", {"amsgrad": True}, 1, 1, 1),
    ]
    with Store.create(folder, {"workload": "logistic", "seeds": 2, "note": "最速"}, runs) as store:
        store.set_meta("width", [2])
        ended = [
            RunUpdate(0, Status.FINISHED, 2, {"loss": 0.25, "rise": math.inf}),
            RunUpdate(1, Status.DIVERGED, 1, {"loss": math.nan}),
        ]
        curve = [(0, 1, "loss", 0.5), (0, 2, "loss", 0.25), (1, 1, "loss", math.nan)]
        store.commit(slab=0, chunk=0, arrays={}, records=curve, runs=ended, wall_s=1.0, compile_s=0.5)
        store.finish_slab(0, {0: {"w": np.array([1, 2], np.float32)}})
        store.commit(slab=1, chunk=0, arrays={}, records=[(2, 10, "loss", 1.0)], wall_s=0.5)
        state = {
            "w": np.arange(4, dtype=np.float32).reshape(2, 2),
            "done": np.array([True, False]),
            "key": np.array([7, 8], np.uint32),
            "half": np.array([1.5], ml_dtypes.bfloat16),
        }
        store.commit(
            slab=1,
            chunk=1,
            arrays=state,
            records=[(2, 20, "loss", -math.inf)],
            runs=[RunUpdate(2, Status.RUNNING, 20)],
            wall_s=0.25,
        )
    (folder / "lock").unlink()


if __name__ == "__main__":
    make(FIXTURES / f"v{FORMAT_VERSION}")
