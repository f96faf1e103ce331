"""Digits from the reader's own files, brought to the form of MNIST.

PNG and JPEG of any size, dark on light or light on dark, colour or grey, with or without transparency; and
stacks in IDX or NPY. As MNIST was made: light ink on black, cropped to the ink, scaled to fit 20×20 keeping
its aspect, then placed in 28×28 with its centre of mass in the middle. What has that form already passes
untouched.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from ..core.errors import BadFile
from . import idx

__all__ = ["normalise", "read_digits"]

SIDE, BOX, CENTRE = 28, 20, 14.0  # CENTRE: measured on MNIST, where pixel i is at coordinate i
MOST_PIXELS = 50_000_000  # of one picture
MOST_BYTES = 256 * 2**20  # of one stack
FAINTEST = 24  # of 255: below this contrast there is no ink
# what Pillow raises on damaged files
FAULTS = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError, KeyError)

Pixels = NDArray[np.uint8]
Grey = NDArray[Any]


def _luminance(colour: Grey) -> Grey:
    """[..., 3] -> [...], ITU-R 601."""
    return colour @ np.array([0.299, 0.587, 0.114])


def _without_alpha(grey: Grey, alpha: Grey) -> Grey:
    """One luminance from a luminance and its opacity (0…1).

    Ink on a transparent sheet is its opacity, whatever its colour; a picture with transparent parts is laid
    on its own most common luminance.
    """
    if alpha.min() >= 1:
        return grey
    seen = grey[alpha > 0.5]
    if seen.size == 0 or alpha.mean() < 0.5 or np.ptp(seen) < FAINTEST:
        return 255 * alpha
    return grey * alpha + np.median(seen) * (1 - alpha)


def _paper(grey: Grey) -> Grey:
    """The light of an unevenly lit sheet with dark ink: the lightest nearby, the darkest of those, blurred."""
    sheet = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    small = sheet.copy()
    small.thumbnail((96, 96))
    reach = max(small.size) // 6 * 2 + 1  # wider than any stroke
    margin = np.pad(np.asarray(small, np.float64), reach, mode="reflect", reflect_type="odd")  # a slope goes on
    small = Image.fromarray(np.clip(margin, 0, 255).astype(np.uint8))
    small = small.filter(ImageFilter.MaxFilter(reach)).filter(ImageFilter.MinFilter(reach))
    small = small.filter(ImageFilter.GaussianBlur(reach / 4)).crop(
        (reach, reach, small.width - reach, small.height - reach)
    )
    return np.asarray(small.resize(sheet.size, Image.Resampling.BICUBIC), np.float64)


def _ink(grey: Grey, name: str) -> Grey:
    """The ink of a picture as light on dark, 0…255: how far a pixel is from the paper, which the frame shows."""
    frame = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = float(np.median(frame))
    if paper - grey.min() < grey.max() - paper:
        grey, paper, frame = 255 - grey, 255 - paper, 255 - frame
    uneven = np.ptp(np.percentile(frame, (10, 90))) > FAINTEST / 2
    # under uneven light it is the share of light reflected that tells ink from paper
    ink: Grey = np.clip(255 * (1 - grey / np.maximum(_paper(grey), 1)) if uneven else paper - grey, 0, None)
    if ink.max() < FAINTEST:
        raise BadFile(f"{name} shows no digit: it is blank or too faint")
    ink *= 255 / ink.max()
    return np.where(ink < (2 * FAINTEST if uneven else FAINTEST), 0, ink)  # the texture of paper is not ink


def _centre_of_mass(ink: Grey) -> tuple[float, float]:
    rows, columns = ink.sum(1), ink.sum(0)
    return (
        float(rows @ np.arange(len(rows)) / rows.sum()),
        float(columns @ np.arange(len(columns)) / columns.sum()),
    )


def _is_mnist(grey: Grey) -> bool:
    """Is it a 28×28 digit, light on black, of the right size and in the right place?"""
    if grey.shape != (SIDE, SIDE) or not grey.any():
        return False
    if max(grey[0].max(), grey[-1].max(), grey[:, 0].max(), grey[:, -1].max()) > 0:
        return False
    longest = max(np.ptp(np.flatnonzero(grey.any(axis=axis))) + 1 for axis in (0, 1))
    return longest in (BOX - 1, BOX) and all(abs(c - CENTRE) <= 1 for c in _centre_of_mass(grey))


def normalise(grey: NDArray[Any], name: str = "the picture") -> Pixels:
    """A picture [h, w] of luminances 0…255 -> uint8 [28, 28] in MNIST's form; `BadFile` if blank."""
    grey = np.asarray(grey, np.float64)
    if _is_mnist(grey):
        return np.rint(grey).astype(np.uint8)
    ink = _ink(grey, name)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (max(1, round(n * BOX / max(ink.shape))) for n in ink.shape)
    small = Image.fromarray(ink.astype(np.float32)).resize((width, height), Image.Resampling.BOX)
    digit: Grey = np.asarray(small, np.float64)
    digit = digit * (255 / digit.max())
    top, left = (
        min(max(round(CENTRE - c), 0), SIDE - n) for c, n in zip(_centre_of_mass(digit), digit.shape, strict=True)
    )
    result = np.zeros((SIDE, SIDE), np.uint8)
    result[top : top + height, left : left + width] = np.rint(digit)
    return result


def _picture(path: Path) -> Grey:
    """The luminances 0…255 of a PNG or JPEG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow only warns of is checked on the next lines
            with Image.open(path, formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise BadFile(f"{path} has {image.width}×{image.height} pixels; at most {MOST_PIXELS:,}")
                upright = ImageOps.exif_transpose(image)
                if upright.mode.startswith("I"):  # 16 bits of grey
                    return np.asarray(upright, np.float64) / 257
                rgba = np.asarray(upright.convert("RGBA"), np.float64)
    except Image.DecompressionBombError:
        raise BadFile(f"{path} has too many pixels; at most {MOST_PIXELS:,}") from None
    except BadFile:
        raise
    except FAULTS as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BadFile(f"cannot read the picture {path}: {reason}") from None
    return _without_alpha(_luminance(rgba[..., :3]), rgba[..., 3] / 255)


def _load_npy(path: Path) -> NDArray[Any]:
    try:
        # mapped, so that the header is checked against the file's size before anything is allocated
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError) as error:
        raise BadFile(f"cannot read {path}: {(str(error).splitlines() or ['damaged'])[0]}") from None
    return np.array(mapped)


def _stack(array: NDArray[Any], path: Path) -> NDArray[Any]:
    """`array` as luminances 0…255 [n, h, w]."""
    if array.dtype.kind not in "uifb" or array.size == 0:
        raise BadFile(f"{path} holds {array.dtype} {list(array.shape)}; digits are numbers [n, height, width]")
    if not np.isfinite(array).all():
        raise BadFile(f"{path} holds NaN or infinity; digits are finite numbers")
    if array.dtype.kind in "fb" and array.max() <= 1:
        array = array * 255.0
    low, high = array.min(), array.max()
    if low < 0 or high > 255:
        raise BadFile(f"{path} has values from {low:g} to {high:g}; give 0 to 1 or 0 to 255")
    if array.ndim == 2 and array.shape[1] == SIDE * SIDE:
        array = array.reshape(-1, SIDE, SIDE)
    if array.ndim in (3, 4) and array.shape[-1] in (3, 4):
        colour = np.asarray(array, np.float64)
        grey = _luminance(colour[..., :3])
        array = grey if array.shape[-1] == 3 else _without_alpha(grey, colour[..., 3] / 255)
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3:
        raise BadFile(f"{path} holds an array {list(array.shape)}; digits are [n, height, width]")
    return array


def read_digits(path: str | Path) -> Pixels:
    """The digits in a PNG, JPEG, IDX or NPY file, in MNIST's form: uint8 [n, 28, 28].

    A stack of 28×28 with black frames passes as it is. Raises `BadFile`, in one line, for a file that is
    missing, empty, truncated, of another kind, too large, or blank.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        with open(path, "rb") as file:
            head = file.read(8)
    except OSError as error:
        raise BadFile(f"cannot read {path}: {error.strerror}") from None
    if not head:
        raise BadFile(f"{path} is empty")
    if size > MOST_BYTES:
        raise BadFile(f"{path} has {size:,} bytes; at most {MOST_BYTES:,}")
    if head.startswith((b"\x89PNG", b"\xff\xd8")):
        return normalise(_picture(path), str(path))[None]
    if head.startswith(b"\x93NUMPY"):
        stack = _stack(_load_npy(path), path)
    elif head.startswith(b"\0\0"):
        stack = _stack(idx.read(path), path)
    else:
        raise BadFile(f"{path} is not a picture of a digit; give a PNG, JPEG, IDX or NPY file")
    if stack.shape[1:] == (SIDE, SIDE) and np.median(stack[:, [0, -1]]) == 0 == np.median(stack[:, :, [0, -1]]):
        return np.rint(stack).astype(np.uint8)
    return np.stack([normalise(picture, f"{path} [{i}]") for i, picture in enumerate(stack)])
