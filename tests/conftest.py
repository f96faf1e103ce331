"""A cache of the tests' own, and one CPU device per core before JAX is used, as a race has it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["LC_ALL"] = "C.UTF-8"  # messages are in English, wherever the tests run
os.environ.setdefault("STEEPEST_CACHE", str(Path(__file__).parents[1] / ".cache"))

from steepest.devices import prepare

prepare()


@pytest.fixture
def compilations() -> Iterator[Callable[[], int]]:
    """How many programs XLA has compiled since the test began."""
    import jax.monitoring

    events: list[str] = []

    def listen(event: str, _: float, **__: object) -> None:
        if event == "/jax/core/compile/backend_compile_duration":
            events.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    yield lambda: len(events)
    jax.monitoring.clear_event_listeners()
