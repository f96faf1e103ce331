"""The thread that computes: one answer to one question, kept for a while, with bounded waiting."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from steepest.core.errors import BadValue, Unavailable
from steepest.web.answers import plain
from steepest.web.worker import Worker


def test_the_same_question_at_once_is_computed_once() -> None:
    calls = []
    gate = threading.Event()

    def compute() -> int:
        calls.append(1)
        gate.wait(5)
        return 7

    async def ask() -> list[int]:
        worker = Worker()
        both = asyncio.gather(worker.ask("a", compute), worker.ask("a", compute))
        await asyncio.sleep(0.05)
        gate.set()
        found = await both
        found.append(await worker.ask("a", compute))
        worker.close()
        return found

    assert asyncio.run(ask()) == [7, 7, 7]
    assert len(calls) == 1


def test_what_may_change_is_computed_anew_and_old_answers_are_dropped() -> None:
    calls: list[object] = []

    async def ask() -> None:
        worker = Worker(kept=2)
        for key in (None, None, "a", "b", "c", "a"):
            await worker.ask(key, calls.append, key)
        worker.close()

    asyncio.run(ask())
    assert calls == [None, None, "a", "b", "c", "a"]


def test_errors_come_through_and_are_not_kept() -> None:
    def fail() -> None:
        raise BadValue("no")

    async def ask() -> int:
        worker = Worker()
        with pytest.raises(BadValue, match="no"):
            await worker.ask("a", fail)
        value = await worker.ask("a", lambda: 3)
        worker.close()
        return value

    assert asyncio.run(ask()) == 3


def test_waiting_and_the_queue_have_an_end() -> None:
    gate = threading.Event()

    async def ask() -> None:
        worker = Worker(queue=2, patience_s=0.1)
        with pytest.raises(Unavailable, match="longer than"):
            await worker.ask("a", gate.wait, 5)
        waiting = asyncio.create_task(worker.ask("b", gate.wait, 5))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="busy"):
            await worker.ask("c", gate.wait, 5)
        gate.set()
        await waiting
        worker.close()

    asyncio.run(ask())


def test_numbers_are_said_exactly_and_what_is_not_finite_is_null() -> None:
    assert plain({"a": np.array([0.1, np.nan, np.inf]), 1: (1, 2.5, float("-inf")), "b": np.float64(0.1)}) == {
        "a": [0.1, None, None],
        "1": [1, 2.5, None],
        "b": 0.1,
    }
