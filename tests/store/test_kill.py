"""kill -9 at random moments: what was stored is whole, and the race goes on from it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from steepest.core.errors import BadFile
from steepest.core.status import Status
from steepest.store import RunRow, Store

KILLS = 24

# Goes on from whatever is stored, as `resume` would; with odd seeds through the thread, with even directly.
WORK = """
import sys, zlib
import numpy as np
from steepest.core.status import Status
from steepest.store import RunRow, RunUpdate, Store, Writer

folder, seed = sys.argv[1], int(sys.argv[2])
rng = np.random.default_rng(seed)
try:
    store = Store.open(folder, write=True)
except ValueError:
    store = Store.create(folder, {"spec": 1}, [RunRow(i, "sgd", {}, 0, 0, i // 2) for i in range(400)])
print("ready", flush=True)
out = Writer(store) if seed % 2 else store
for slab in store.slabs():
    if slab.ended:
        continue
    found = store.checkpoint(slab.id)
    first = 0 if found is None else found[0] + 1
    run = 2 * slab.id
    for chunk in range(first, 6):
        x = rng.random(rng.integers(1, 100_000))
        crc = float(zlib.crc32(x.tobytes()))
        out.commit(slab=slab.id, chunk=chunk, arrays={"x": x}, wall_s=1.0,
                   records=[(run, chunk, "crc", crc)]
                   + [(run + 1, chunk * 100 + i, "loss", 1.0) for i in range(100)],
                   runs=[RunUpdate(run, Status.RUNNING, chunk + 1, {"crc": crc})])
    last = {run: {"y": np.full(1000, float(run))}, run + 1: {"y": np.full(1000, run + 1.0)}}
    done = [RunUpdate(r, Status.FINISHED, 6) for r in last]
    out.finish_slab(slab.id, last, runs=done)
"""


def check(store: Store) -> tuple[int, int]:
    """Every promise of the store; returns how many slabs have ended and how many chunks are stored."""
    runs = store.runs()
    crcs = store.records(["crc"])
    crc = {(int(r), int(s)): v for r, s, v in zip(crcs["run"], crcs["step"], crcs["value"], strict=True)}
    losses = store.records(["loss"])
    chunks = 0
    slabs = store.slabs()
    for slab in slabs:
        stored = 0 if slab.chunk is None else slab.chunk + 1
        chunks += stored
        run = 2 * slab.id
        assert [s for r, s in sorted(crc) if r == run] == list(range(stored))  # no hole, nothing too much
        assert np.count_nonzero(losses["run"] == run + 1) == 100 * stored
        found = store.checkpoint(slab.id)
        if slab.ended:
            assert stored == 6
            assert found is None
            for r in (run, run + 1):
                assert runs[r].status is Status.FINISHED
                np.testing.assert_array_equal(store.model(r)["y"], np.full(1000, float(r)))
        elif stored:
            assert found is not None
            assert found[0] == slab.chunk
            value = float(zlib.crc32(found[1]["x"].tobytes()))
            assert value == crc[run, found[0]] == runs[run].metrics["crc"]
            assert runs[run].steps == stored
        else:
            assert found is None
            assert runs[run].status is Status.WAITING
    assert store.wall_s == chunks
    return sum(slab.ended for slab in slabs), chunks


def test_a_killed_writer_loses_at_most_the_chunk_under_way(folder: Path) -> None:
    rng = random.Random(20240229)
    progress = [(0, 0)]
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WORK, folder, str(kill)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as work:
            assert work.stdout is not None
            assert work.stdout.readline() == b"ready\n", work.stderr and work.stderr.read()
            # the moment of the kill is what is being tested; there is nothing to wait for
            time.sleep(rng.uniform(0.0, 0.25))
            assert work.poll() is None, "done before it was killed: give it more runs"
            work.kill()
        with Store.open(folder) as store:  # a reader first: it must cope with what the dead left
            seen = check(store)
        with Store.open(folder, write=True) as store:
            assert check(store) == seen
            named = sum(s.chunk is not None and not s.ended for s in store.slabs())
            assert len(list((folder / "checkpoints").iterdir())) == named  # no litter
        assert seen >= progress[-1]
        progress.append(seen)
    assert progress[-1][0] >= 3
    assert len(set(progress)) > KILLS // 2


# Dies at the n-th call of one of the functions that touch the disk, or else right at the end.
DIE = """
import os, signal, sys
import numpy as np
from steepest.store import RunRow, Store

folder, what, name, n = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
count = 0
def dying(real):
    def call(*args):
        global count
        count += 1
        if count == n:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    return call

runs = [RunRow(0, "sgd", {}, 0, 0, 0), RunRow(1, "sgd", {}, 1, 0, 0)]
if what == "create":
    setattr(os, name, dying(getattr(os, name)))
    Store.create(folder, {}, runs)
else:
    store = Store.open(folder, write=True)
    setattr(os, name, dying(getattr(os, name)))
    if what == "commit":
        store.commit(slab=0, chunk=1, arrays={"x": np.ones(1)}, records=[(0, 1, "loss", 1.0)])
    else:
        store.finish_slab(0, {0: {"x": np.ones(1)}, 1: {"x": np.ones(1)}})
os.kill(os.getpid(), signal.SIGKILL)
"""


def die(folder: Path, what: str, name: str, n: int) -> None:
    done = subprocess.run([sys.executable, "-c", DIE, folder, what, name, str(n)], stderr=subprocess.PIPE)
    assert done.returncode == -9, done.stderr


RUNS = [RunRow(0, "sgd", {}, 0, 0, 0), RunRow(1, "sgd", {}, 1, 0, 0)]


@pytest.mark.parametrize(("name", "n"), [("mkdir", 1), ("mkdir", 3), ("fsync", 1), ("replace", 1), ("fsync", 2)])
def test_create_killed_at_any_step_can_be_done_again_or_is_a_race(folder: Path, name: str, n: int) -> None:
    die(folder, "create", name, n)
    try:
        store = Store.open(folder, write=True)
    except BadFile:
        store = Store.create(folder, {}, RUNS)
    with store:
        assert store.runs() == RUNS
        store.commit(slab=0, chunk=0, arrays={})


@pytest.mark.parametrize(
    ("what", "name", "n"),
    [
        *(("commit", name, n) for name, n in [("write", 2), ("fsync", 1), ("replace", 1), ("fsync", 2), ("unlink", 1)]),
        *(
            ("finish", name, n)
            for name, n in [("replace", 1), ("replace", 2), ("fsync", 4), ("unlink", 1), ("unlink", 99)]
        ),
    ],
)
def test_a_step_cut_short_is_done_again_to_the_same_end(folder: Path, what: str, name: str, n: int) -> None:
    with Store.create(folder, {}, RUNS) as store:
        store.commit(slab=0, chunk=0, arrays={"x": np.zeros(1)})
    die(folder, what, name, n)
    with Store.open(folder, write=True) as store:
        slab = store.slabs()[0]
        found = store.checkpoint(0)
        if slab.ended:
            assert found is None
        else:
            assert found is not None
            assert found[0] == slab.chunk
            assert found[1]["x"].tolist() == [float(found[0])]
            assert len(store.records()["run"]) == found[0]
        if what == "commit":
            store.commit(slab=0, chunk=1, arrays={"x": np.ones(1)}, records=[(0, 1, "loss", 1.0)])
            assert store.records()["value"].tolist() == [1.0]
        else:
            store.finish_slab(0, {0: {"x": np.ones(1)}, 1: {"x": np.ones(1)}})
            assert store.model(0)["x"].tolist() == store.model(1)["x"].tolist() == [1.0]
        expected = 1 if what == "commit" else 0
        assert len(list((folder / "checkpoints").iterdir())) == expected
