"""A race kept in one folder. `kill -9` or a full disk leaves the last good chunk readable. No JAX here.

    race.sqlite     spec, runs, records, times (see `schema`)
    checkpoints/    one safetensors file per slab in progress
    models/         one safetensors file per run that has finished
    lock            held by the one process that writes (see `lock`)

`Store` reads and writes the folder; `Writer` does the writing on a thread of its own.
"""

from .rows import NewSlab, RunRow, RunUpdate, SlabRow
from .schema import FORMAT_VERSION
from .store import Store
from .writer import Writer

__all__ = ["FORMAT_VERSION", "NewSlab", "RunRow", "RunUpdate", "SlabRow", "Store", "Writer"]
