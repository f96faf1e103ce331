"""IDX, the file format of MNIST: a magic number, the sizes, then the values, big-endian.

    00 00 TYPE NDIM | NDIM × uint32 sizes | values in C order        TYPE 08 uint8 … 0E float64

The header is checked against the length of the file before anything is allocated.
Source: the format note that LeCun, Cortes and Burges published with MNIST.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import BadFile, BadValue

__all__ = ["decode", "encode", "read", "write"]

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
CODES = {np.dtype(spelling): code for code, spelling in TYPES.items()}


def _header(head: bytes, size: int, name: str) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """The dtype, shape and offset of the values that `head` announces in a file of `size` bytes."""
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] not in TYPES or head[3] == 0:
        raise BadFile(f"{name} is not an IDX file: it starts with {head[:4].hex(' ') or 'nothing'}")
    offset = 4 + 4 * head[3]
    if len(head) < offset:
        raise BadFile(f"{name} is truncated: its IDX header needs {offset} bytes, the file has {size}")
    dtype = np.dtype(TYPES[head[2]])
    shape = tuple(int.from_bytes(head[i : i + 4], "big") for i in range(4, offset, 4))
    expected = offset + math.prod(shape) * dtype.itemsize
    if size != expected:
        fault = "is truncated" if size < expected else "has bytes after its end"
        raise BadFile(f"{name} {fault}: its header {list(shape)} means {expected} bytes, the file has {size}")
    return dtype, shape, offset


def decode(blob: bytes, name: str = "IDX data") -> NDArray[Any]:
    """The array in `blob`, read-only and in the machine's byte order; `BadFile` if it is not whole IDX."""
    dtype, shape, offset = _header(blob[: 4 + 4 * 255], len(blob), name)
    array = np.frombuffer(blob, dtype, offset=offset).reshape(shape)
    return array.astype(dtype.newbyteorder("="), copy=False)


def encode(array: NDArray[Any]) -> bytes:
    """`array` as IDX; `BadValue` for a type or a number of axes that the format does not have."""
    dtype = array.dtype.newbyteorder(">")
    if dtype not in CODES or not 1 <= array.ndim <= 255:
        raise BadValue(f"IDX cannot hold {array.dtype} with {array.ndim} axes; it has uint8, int8, int16, "
                       "int32, float32 and float64 with at least one axis")  # fmt: skip
    sizes = b"".join(n.to_bytes(4, "big") for n in array.shape)
    return bytes((0, 0, CODES[dtype], array.ndim)) + sizes + array.astype(dtype, copy=False).tobytes()


def read(path: str | Path) -> NDArray[Any]:
    """The array in the file at `path`; `BadFile` if it is missing, truncated or not IDX."""
    try:
        with open(path, "rb") as file:
            head = file.read(4 + 4 * 255)
            size = file.seek(0, 2)
            dtype, shape, offset = _header(head, size, str(path))
            file.seek(offset)
            values = np.frombuffer(file.read(), dtype)
    except OSError as error:
        raise BadFile(f"cannot read {path}: {error.strerror}") from None
    if values.size != math.prod(shape):
        raise BadFile(f"{path} changed while it was read; try again")
    return values.reshape(shape).astype(dtype.newbyteorder("="), copy=False)


def write(path: str | Path, array: NDArray[Any]) -> None:
    """Write `array` to the file at `path`."""
    Path(path).write_bytes(encode(array))
