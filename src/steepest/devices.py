"""The devices a race runs on, and the cache that keeps compiled programs between processes.

On a CPU JAX counts one device unless told otherwise before its first use; a race wants one per core. A program that
has used JAX before keeps the devices it has.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import jax

__all__ = ["cache_folder", "prepare"]


def cache_folder() -> Path:
    """Where Steepest keeps what can be made again: $STEEPEST_CACHE, else the user's cache folder."""
    own = os.environ.get("STEEPEST_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "steepest"


def prepare() -> int:
    """One CPU device per core and a persistent compilation cache, as far as still possible; the device count."""
    with suppress(RuntimeError):  # JAX is in use already
        jax.config.update("jax_num_cpu_devices", len(os.sched_getaffinity(0)))
    if jax.config.jax_compilation_cache_dir is None:
        jax.config.update("jax_compilation_cache_dir", str(cache_folder() / "programs"))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.1)
    return jax.device_count()
