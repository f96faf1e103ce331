"""Named arrays in one safetensors file, written so that the file is either whole or absent.

A file is written under a temporary name, synced, then renamed; its folder is synced too. The bytes of the
arrays go straight to the file: no copy but of an array that is not contiguous. The metadata carries a CRC-32
over names, types, shapes and bytes, because a flipped bit is still valid safetensors.

The format (https://huggingface.co/docs/safetensors): the length of a JSON header as a little-endian uint64,
the header, then the bytes. Written here rather than by `safetensors.numpy.save_file`, which gives no
descriptor to sync, makes files that only their owner may read, and leaves random names when it is killed.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from ..core.errors import BadFile, BadValue

__all__ = ["TEMPORARY", "read_arrays", "sync_folder", "write_arrays"]

TEMPORARY = ".part"  # ends the name of a file that is being written

_DTYPES = {
    "bool": "BOOL",
    **{f"{kind}{bits}": f"{kind[0].upper()}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)},
    **{f"float{bits}": f"F{bits}" for bits in (16, 32, 64)},
    "bfloat16": "BF16",
    "complex64": "C64",
}


def _bytes(name: str, array: np.ndarray) -> np.ndarray:
    """The bytes of `array`, row-major and little-endian, as flat uint8; a view where possible."""
    if array.dtype.name not in _DTYPES:
        raise BadValue(f"array {name!r}: {array.dtype} cannot be stored; use one of {', '.join(_DTYPES)}")
    if array.dtype.byteorder == ">" or (array.dtype.byteorder == "=" and sys.byteorder == "big"):
        array = array.astype(array.dtype.newbyteorder("<"))
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def _crc(crc: int, name: str, array: np.ndarray, flat: np.ndarray) -> int:
    crc = zlib.crc32(f"{name} {array.dtype.name} {list(array.shape)};".encode(), crc)
    return zlib.crc32(flat.data, crc)


def write_arrays(
    path: Path, arrays: Mapping[str, np.ndarray], metadata: Mapping[str, str], *, sync: bool = True
) -> None:
    """Put `arrays` and the text `metadata` into the file `path`, whole or not at all.

    A file of that name is replaced. Who writes many files at once may `sync` them together afterwards instead.
    Raises `BadValue` for a type that safetensors lacks, OSError as the disk does.
    """
    flats = [(name, array, _bytes(name, array)) for name, array in _ordered(arrays)]
    entries: dict[str, object] = {}
    end, crc = 0, 0
    for name, array, flat in flats:
        start, end = end, end + flat.nbytes
        entries[name] = {
            "dtype": _DTYPES[array.dtype.name],
            "shape": array.shape,
            "data_offsets": [start, end],
        }
        crc = _crc(crc, name, array, flat)
    header = json.dumps({"__metadata__": {**metadata, "crc32": f"{crc:08x}"}, **entries}).encode()
    header += b" " * (-len(header) % 8)
    part = path.with_name(path.name + TEMPORARY)
    try:
        with part.open("wb", buffering=0) as file:
            _write_all(file.fileno(), memoryview(struct.pack("<Q", len(header)) + header))
            for _, _, flat in flats:
                _write_all(file.fileno(), flat.data)
            if sync:
                os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def _write_all(fd: int, piece: memoryview) -> None:
    """Linux writes at most 2 GiB at a time, and less than asked on a disk about to be full."""
    while piece:
        piece = piece[os.write(fd, piece) :]


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def read_arrays(path: Path, expected: Mapping[str, str]) -> dict[str, np.ndarray]:
    """The arrays of the file `path`, in host memory, checked.

    Raises `BadFile` when it is missing, damaged, or its metadata differ from `expected`.
    """
    import ml_dtypes  # noqa: F401  # NumPy learns bfloat16 from it

    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays: dict[str, np.ndarray] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise _bad(path, "missing") from None
    except (SafetensorError, OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _bad(path, f"damaged ({error})") from error
    crc = 0
    for name, array in _ordered(arrays):
        crc = _crc(crc, name, array, _bytes(name, array))
    if metadata.get("crc32") != f"{crc:08x}":
        raise _bad(path, "damaged (its checksum differs)")
    for key, value in expected.items():
        if metadata.get(key) != value:
            raise _bad(path, f"of another place: its {key} is {metadata.get(key)!r}, not {value!r}")
    return arrays


def _ordered(arrays: Mapping[str, np.ndarray]) -> list[tuple[str, np.ndarray]]:
    """Widest type first, so that every array starts at a multiple of its own size."""
    return sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))


def _bad(path: Path, why: str) -> BadFile:
    return BadFile(f"{path}: {why}; restore it from a copy, or race again into another --out")
