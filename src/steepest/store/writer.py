"""A store's writing on a thread of its own, so that the race does not wait for the disk.

The queue is short: a disk that cannot keep up slows the race down rather than filling the memory. After a
failure nothing more is written, for a later chunk without an earlier one would leave a hole in the records.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType

import numpy as np

from .rows import Record, RunUpdate
from .store import Store

__all__ = ["Writer"]


class Writer:
    """Queues at most `depth` writes to `store`; a failure is raised by the next call, or by `close`.

    Arrays handed over must be host memory that nobody changes afterwards. Closing leaves `store` open.
    """

    def __init__(self, store: Store, *, depth: int = 2) -> None:
        self._store = store
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue(max(1, depth))
        self._failure: BaseException | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="steepest-store-writer", daemon=True)
        self._thread.start()

    def commit(
        self,
        *,
        slab: int,
        chunk: int,
        arrays: Mapping[str, np.ndarray],
        records: Iterable[Record] = (),
        runs: Iterable[RunUpdate] = (),
        wall_s: float = 0.0,
        compile_s: float = 0.0,
    ) -> None:
        """Queue `Store.commit`; waits only while the queue is full."""
        held, rows, updates = dict(arrays), list(records), list(runs)
        self._put(
            lambda: self._store.commit(
                slab=slab,
                chunk=chunk,
                arrays=held,
                records=rows,
                runs=updates,
                wall_s=wall_s,
                compile_s=compile_s,
            )
        )

    def finish_slab(
        self, slab: int, models: Mapping[int, Mapping[str, np.ndarray]], *, runs: Iterable[RunUpdate] = ()
    ) -> None:
        """Queue `Store.finish_slab`."""
        held, updates = {run: dict(model) for run, model in models.items()}, list(runs)
        self._put(lambda: self._store.finish_slab(slab, held, runs=updates))

    def flush(self) -> None:
        """Wait until all that was queued is stored; raises what went wrong."""
        self._jobs.join()
        self._raise()

    def close(self) -> None:
        """Store what is queued, stop the thread, raise what went wrong. A second call does nothing."""
        if not self._closed:
            self._stop()
            self._raise()

    def _stop(self) -> None:
        self._closed = True
        self._jobs.put(None)
        self._thread.join()

    def _put(self, job: Callable[[], None]) -> None:
        self._raise()
        if self._closed:
            raise RuntimeError("the writer is closed")
        self._jobs.put(job)

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                if job is None:
                    return
                if self._failure is None:
                    job()
            except BaseException as error:
                self._failure = error
            finally:
                del job  # lets the arrays go before the next wait
                self._jobs.task_done()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        elif not self._closed:
            self._stop()  # the error under way says more than one of ours
