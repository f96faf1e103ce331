"""SIGINT at any moment ends a command with 130 and one line, at once, and the race resumes to the same bits.

Real processes are interrupted at seeded random moments, from the first instruction of the entry point to the last line.
STEEPEST_INTERRUPTS says how often each kind of race is (the suite: 6, so 18 in all).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import steepest
from steepest.core import interruption
from steepest.store import Store

ATTEMPTS = int(os.environ.get("STEEPEST_INTERRUPTS", "6"))
SAID = "steepest: interrupted; nothing that was recorded is lost"
RACES = {
    "plain": "digits-mlp -o adam -o momentum --lr 1e-3,1e-2 --seeds 2 --epochs 60".split(),
    "halving": "digits-mlp -o adam -o momentum --lr 1e-4..1e-1:4 --seeds 2 --epochs 60 --halving".split(),
    "surface": "surface:rosenbrock -o adam -o momentum --lr 1e-4..1e-2:8 --seeds 2".split(),
}


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Where tests run in the background SIGINT is ignored, and processes inherit that: not here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def begin(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    """A command whose entry point has begun: it answers SIGTERM, which Python itself does not."""
    process = subprocess.Popen(
        [sys.executable, "-m", "steepest", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **variables},
    )
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            break
    return process


def contents(folder: Path) -> list[tuple[object, ...]]:
    """What a finished race ends in, but for its timings."""
    race = steepest.open(folder)
    assert race.state == "finished"
    with Store.open(folder) as store:
        columns = store.records()
    rows = zip(*(columns[name].tolist() for name in ("run", "step", "metric", "value")), strict=True)
    models = [
        (run.id, name, leaf.tobytes())
        for run in race.runs
        if run.status == "finished"
        for name, leaf in race.model(run.id).items()
    ]
    return [
        *(repr(row) for row in rows if row[2] != "seconds"),  # repr: a nan equals itself
        *models,
        *((run.id, run.status, run.steps, run.metrics) for run in race.runs),
    ]


linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")


@linux
@pytest.mark.parametrize("kind", RACES)
def test_at_any_moment(kind: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    process = begin("race", *RACES[kind], "--out", str(whole))
    process.communicate()  # compiles what the others find compiled
    begun = time.monotonic()
    process = begin("race", *RACES[kind], "--out", str(tmp_path / "again"))
    process.communicate()
    took = time.monotonic() - begun
    expected = contents(whole)
    assert contents(tmp_path / "again") == expected
    rng = random.Random(13)
    interrupted = 0
    for attempt in range(ATTEMPTS):
        folder = tmp_path / f"race-{attempt}"
        process = begin("race", *RACES[kind], "--out", str(folder))
        time.sleep(rng.uniform(0, took))
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        out, errors = process.communicate()
        waited = time.monotonic() - sent
        if process.returncode == 0:  # it came when all was said
            assert out.endswith("report.html\n")
            assert SAID not in errors
        else:
            interrupted += 1
            assert process.returncode == 130, errors
            assert errors.splitlines()[-1] in (SAID, f"{SAID}; go on with: steepest resume {folder}")
            assert errors.count("steepest:") == 1
            assert "Traceback" not in errors
            assert waited < 2, errors
        if (folder / "race.sqlite").exists():
            steepest.resume(folder)
            assert contents(folder) == expected
    assert interrupted >= ATTEMPTS // 2


@linux
def test_a_second_one_ends_it_at_once_and_others_are_told_in_chinese() -> None:
    code = """if True:
        import time
        from steepest.core import interruption
        interruption.answer_signals()
        with interruption.ending(lambda: print("cleaned", flush=True)), interruption.ending(lambda: time.sleep(60)):
            print("ready", flush=True)
            while True:
                time.sleep(60)
    """
    for signals, least, most, status in (((2,), 0.9, 3.0, 130), ((2, 2), 0.0, 0.9, 130), ((15,), 0.9, 3.0, 143)):
        environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8"}
        process = subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True, env=environment)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        begun = time.monotonic()
        for number in signals:
            process.send_signal(number)
            time.sleep(0.1)
        out, errors = process.communicate()
        assert process.returncode == status
        assert least <= time.monotonic() - begun < most
        assert errors == (f"steepest: {interruption.LINES['zh']}\n" if len(signals) == 1 else "")
        assert out == ""  # the cleaner that hangs was the first to be asked; it was not waited for


@linux
def test_one_that_comes_when_all_is_said_ends_what_python_waits_for_and_not_the_result() -> None:
    code = """if True:
        import threading, time
        from steepest.core import interruption
        interruption.answer_signals()
        threading.Thread(target=time.sleep, args=(60,)).start()  # as a compilation
        interruption.leave_with(2)
        print("said", flush=True)
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "said\n"
        time.sleep(0.1)  # it waits for the thread
        process.send_signal(number)
        assert process.communicate(timeout=30) == ("", "")
        assert process.returncode == 2


@linux
def test_the_panel_of_a_terminal_is_cleared_and_the_cursor_shown(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "steepest", "race", *RACES["plain"][:-1], "30000", "--out", str(tmp_path / "race")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    while b"alive" not in said:
        said += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):  # how a pseudo-terminal says that its other end was closed
        while part := os.read(ours, 4096):
            said += part
    assert process.wait() == 130
    os.close(ours)
    text = said.decode()
    assert text.endswith(f"{SAID}; go on with: steepest resume {tmp_path / 'race'}\r\n")
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")


@linux
def test_homework_under_check_ends_with_its_command(tmp_path: Path) -> None:
    starter = subprocess.run(
        [sys.executable, "-m", "steepest", "learn", "1.2", "--starter", "neuron"], capture_output=True, text=True
    ).stdout
    file, pid = tmp_path / "neuron.py", tmp_path / "pid"
    part = tmp_path / "part"
    endless = f"""{starter.splitlines()[0]}
import os, time
with open({str(part)!r}, "w") as file:
    file.write(str(os.getpid()))
os.rename({str(part)!r}, {str(pid)!r})
time.sleep(600)
"""
    file.write_text(endless)
    process = begin("learn", "--check", str(file), TMPDIR=str(tmp_path))
    while not pid.exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == f"{SAID}\n"
    assert process.returncode == 130
    status, end = Path(f"/proc/{pid.read_text()}/stat"), time.monotonic() + 10
    while status.exists() and status.read_text().rsplit(") ", 1)[1][0] not in "ZX":  # killed; the kernel takes its time
        assert time.monotonic() < end
    assert not list(tmp_path.glob("steepest-homework-*"))


@linux
def test_what_is_ignored_from_the_start_stays_ignored(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "steepest", "race", *RACES["plain"], "--out", str(tmp_path / "race")]
    ignoring = ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *command]
    process = subprocess.Popen(ignoring, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    process.stderr.readline()  # it races
    process.send_signal(signal.SIGINT)
    assert process.communicate()[0].endswith("report.html\n")
    assert process.returncode == 0
