"""MNIST: 70 000 handwritten digits of 28×28, light ink on black (LeCun, Cortes and Burges).

Embedded: the four original IDX files, one after the other, in one xz file; their sha256 are checked when it
is opened (about a second, once a process). The last 5 000 of the 60 000 training digits are the validation
split, so that no array is copied; the test split is the original one.
"""

from __future__ import annotations

import hashlib
import lzma
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadFile
from . import idx
from .splits import Split, Splits

__all__ = ["mnist"]

ARCHIVE = "mnist.idx.xz"
VALIDATION = 5_000
PARTS = {  # name: (bytes, sha256), in the order of the archive
    "train-images": (47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    "train-labels": (60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    "test-images": (7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    "test-labels": (10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
}


def unpack(archive: bytes) -> dict[str, NDArray[Any]]:
    """The four arrays of `archive` by name; `BadFile` if one is not the original."""
    decoder = lzma.LZMADecompressor()
    whole = sum(size for size, _ in PARTS.values())
    try:
        blob = decoder.decompress(archive, max_length=whole + 1)
    except lzma.LZMAError as error:
        raise BadFile(f"{ARCHIVE} is damaged ({error}); install steepest again") from None
    if len(blob) != whole:
        raise BadFile(f"{ARCHIVE} is damaged ({len(blob)} bytes of {whole}); install steepest again")
    arrays, start = {}, 0
    for name, (size, sha256) in PARTS.items():
        part = blob[start : start + size]
        start += size
        if hashlib.sha256(part).hexdigest() != sha256:
            raise BadFile(f"{ARCHIVE}: {name} is not the original MNIST; install steepest again")
        arrays[name] = idx.decode(part, name)
    return arrays


@cache
def mnist() -> Splits:
    """x uint8 [n, 28, 28], y int32 [n]: 55 000 to train, 5 000 to validate, 10 000 to test; read-only."""
    part = unpack((files(__package__) / "files" / ARCHIVE).read_bytes())
    x, y = part["train-images"], part["train-labels"].astype(np.int32)
    x_test, y_test = part["test-images"], part["test-labels"].astype(np.int32)
    y.flags.writeable = y_test.flags.writeable = False
    return Splits(
        train=Split(x[:-VALIDATION], y[:-VALIDATION]),
        validation=Split(x[-VALIDATION:], y[-VALIDATION:]),
        test=Split(x_test, y_test),
    )
