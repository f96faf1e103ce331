"""Traced programs kept between processes.

JAX's own cache saves XLA's work but not the tracing and lowering before it, which for a short race is the longer part.
What a trace yields is kept here as StableHLO, under a digest of all that it depends on: the source, the
libraries' versions, JAX's settings, and what the caller says of the lane. A file that cannot be read is traced anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import export
from safetensors import SafetensorError
from safetensors.numpy import load, save

from ..devices import cache_folder

__all__ = ["Programs", "digest", "kept"]

SOURCES = ("engine", "networks", "nn", "optimizers", "racing", "schedules", "workloads")  # what takes part in a trace
SETTINGS = ("jax_enable_x64", "jax_default_matmul_precision", "jax_default_prng_impl", "jax_numpy_dtype_promotion")


class Programs(NamedTuple):
    """What a lane runs, each a function of flat arrays."""

    init: export.Exported
    advance: export.Exported
    model: export.Exported


@cache
def _surroundings() -> str:
    """Everything but the lane that a trace depends on."""
    source = hashlib.sha256()
    root = Path(__file__).parents[1]
    for path in sorted(path for folder in SOURCES for path in (root / folder).rglob("*.py")):
        source.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    libraries = [version(name) for name in ("jax", "jaxlib", "optax", "equinox")]
    return json.dumps([source.hexdigest(), libraries])


def digest(identity: Any) -> str:
    """A name for the programs of the lane that `identity`, plain data, tells from all others in these surroundings."""
    settings = [str(getattr(jax.config, name)) for name in SETTINGS]
    text = json.dumps([_surroundings(), settings, jax.default_backend(), jax.device_count(), identity])
    return hashlib.sha256(text.encode()).hexdigest()


def kept(key: str, trace: Callable[[], Programs]) -> Programs:
    """The programs that `trace` makes, from the cache folder when they are there under `key`, their digest."""
    path = cache_folder() / "traced" / f"{key}.safetensors"
    with suppress(OSError, SafetensorError, KeyError, ValueError):
        found = load(path.read_bytes())
        return Programs(*(export.deserialize(bytearray(found[name].tobytes())) for name in Programs._fields))
    programs = trace()
    blobs = {name: np.frombuffer(p.serialize(), np.uint8) for name, p in programs._asdict().items()}
    part = path.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):  # a folder that cannot be written costs time, nothing else
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(save(blobs))
        os.replace(part, path)
    return programs
