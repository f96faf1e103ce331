"""Where surfaces are computed: in float64, on the CPU, whatever the rest of the program does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import jax

from ..devices import prepare

__all__ = ["exact"]


@cache
def _cpu() -> jax.Device:
    prepare()
    return jax.local_devices(backend="cpu")[0]


@contextmanager
def exact() -> Iterator[None]:
    """Within it this thread's JAX has float64 and computes on the CPU: loops of tiny steps are no work for a GPU."""
    with jax.default_device(_cpu()), jax.enable_x64(True):
        yield
