"""The one thread that computes: it imports JAX, takes one job at a time, and keeps the latest answers.

The same question asked twice at once is computed once. A job cannot be interrupted, so what may be asked is bounded
where it is parsed; here the wait is bounded, and the queue.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from ..core.errors import Unavailable

__all__ = ["Worker"]


class Worker:
    """`await worker.ask(key, function, *arguments)`: the answer, computed here or kept from before under `key`.

    A question whose answer may be another tomorrow has the key None: it is computed each time.
    """

    def __init__(self, kept: int = 128, queue: int = 32, patience_s: float = 60.0) -> None:
        self.kept, self.queue, self.patience_s = kept, queue, patience_s
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="steepest-lab")
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._asked: dict[Hashable, Future[Any]] = {}
        self._guard = threading.Lock()
        self._wanted = threading.Event()

    async def ask(self, key: Hashable, function: Callable[..., Any], *arguments: Any) -> Any:
        """`function(*arguments)`; raises what it raises, `Unavailable` when it takes too long or many wait."""
        self._wanted.set()
        with self._guard:
            if key is None:
                key = object()
            elif key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            future = self._asked.get(key)
            if future is None and len(self._asked) >= self.queue:
                raise Unavailable("the lab is busy: too many questions at once; ask again in a moment")
            fresh = future is None
            if future is None:
                future = self._asked[key] = self._pool.submit(function, *arguments)
        if fresh:  # outside the guard: a job that has ended already calls back at once
            future.add_done_callback(lambda done: self._keep(key, done))
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), self.patience_s)
        except TimeoutError:
            raise Unavailable(f"this takes longer than {self.patience_s:g} s; ask for less") from None

    def _keep(self, key: Hashable, done: Future[Any]) -> None:
        with self._guard:
            self._asked.pop(key, None)
            if type(key) is not object and not done.cancelled() and done.exception() is None:
                self._answers[key] = done.result()
                if len(self._answers) > self.kept:
                    self._answers.popitem(last=False)

    def begin(self, function: Callable[[threading.Event], Any]) -> None:
        """Run `function` in the background, before what is asked; its event is set once something is asked."""
        self._pool.submit(function, self._wanted)

    def close(self) -> None:
        """Take no more; what waits is dropped, what runs is left to end by itself."""
        self._wanted.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
