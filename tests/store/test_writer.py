"""The writing thread keeps order, does not lose failures, and stops."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from steepest.core.errors import BadValue
from steepest.core.status import Status
from steepest.store import RunUpdate, Store, Writer

from .conftest import state


def test_all_that_was_queued_is_stored_in_order(store: Store) -> None:
    with Writer(store) as writer:
        for chunk in range(5):
            records = ((0, step, "loss", 1.0) for step in range(chunk * 10, chunk * 10 + 10))
            writer.commit(slab=0, chunk=chunk, arrays=state(chunk), records=records, wall_s=1.0)
        writer.flush()
        found = store.checkpoint(0)
        assert found is not None
        assert found[0] == 4
        np.testing.assert_array_equal(found[1]["layer.weight"], state(4)["layer.weight"])
        writer.finish_slab(0, {0: state(9)}, runs=[RunUpdate(0, Status.FINISHED, 50)])
    assert store.records()["step"].tolist() == list(range(50))
    assert store.wall_s == 5.0
    assert store.slabs()[0].ended
    assert store.model(0).keys() == state().keys()
    assert not [t for t in threading.enumerate() if t.name == "steepest-store-writer"]


def test_a_failure_is_raised_later_and_nothing_more_is_written(store: Store) -> None:
    writer = Writer(store)
    writer.commit(slab=0, chunk=0, arrays={})
    writer.commit(slab=7, chunk=0, arrays={})
    with pytest.raises(BadValue, match="slab 7"):
        writer.flush()
    with pytest.raises(BadValue, match="slab 7"):
        writer.commit(slab=0, chunk=1, arrays={})
    with pytest.raises(BadValue, match="slab 7"):
        writer.close()
    writer.close()
    assert store.slabs()[0].chunk == 0


def test_what_was_queued_behind_a_failure_is_dropped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    real = Store.commit

    def slow(self: Store, **values: object) -> None:
        gate.wait(10)
        real(self, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "commit", slow)
    writer = Writer(store)
    writer.commit(slab=7, chunk=0, arrays={})
    writer.commit(slab=0, chunk=0, arrays={})
    gate.set()
    with pytest.raises(BadValue, match="slab 7"):
        writer.close()
    assert store.slabs()[0].chunk is None


def test_an_error_under_way_is_not_masked(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), Writer(store) as writer:  # noqa: PT012
        writer.commit(slab=7, chunk=0, arrays={})
        raise ZeroDivisionError


def test_a_closed_writer_takes_nothing(store: Store) -> None:
    writer = Writer(store)
    writer.close()
    with pytest.raises(RuntimeError, match="closed"):
        writer.commit(slab=0, chunk=0, arrays={})


def test_the_queue_is_bounded(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, started = threading.Event(), threading.Event()

    def stuck(self: Store, **_: object) -> None:
        started.set()
        gate.wait(10)

    monkeypatch.setattr(Store, "commit", stuck)
    writer = Writer(store, depth=1)
    writer.commit(slab=0, chunk=0, arrays={})
    assert started.wait(10)
    writer.commit(slab=0, chunk=1, arrays={})  # fills the queue
    third = threading.Thread(target=lambda: writer.commit(slab=0, chunk=2, arrays={}))
    third.start()
    third.join(0.1)
    assert third.is_alive()
    gate.set()
    third.join(10)
    assert not third.is_alive()
    writer.close()
