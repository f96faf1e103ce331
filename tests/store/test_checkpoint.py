"""Arrays in a file come back bit for bit, the library reads what we write, and damage is told."""

from __future__ import annotations

import stat
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from safetensors.numpy import load_file

from steepest.core.errors import BadFile, BadValue
from steepest.store.checkpoint import read_arrays, write_arrays

ARRAYS = {
    "bfloat16": np.arange(5).astype(ml_dtypes.bfloat16),
    "bool": np.array([[True], [False]]),
    "scalar": np.asarray(np.float32(3)),
    "empty": np.zeros((0, 3)),
    "not contiguous": np.arange(6.0).reshape(2, 3).T,
    "strided": np.arange(10, dtype=np.int32)[::3],
    "nan": np.array([np.nan, np.inf, -0.0], np.float16),
    "complex": np.ones(2, np.complex64),
    "層.weight": np.ones(1),
    **{f"{kind}{bits}": np.arange(3, dtype=f"{kind}{bits}") for kind in ("int", "uint") for bits in (8, 16, 32, 64)},
}


def test_every_type_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    write_arrays(path, ARRAYS, {"slab": "1"})
    for found in (read_arrays(path, {"slab": "1"}), load_file(path)):
        assert found.keys() == ARRAYS.keys()
        for name, array in ARRAYS.items():
            assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
            assert found[name].tobytes() == array.tobytes()
    assert [p.name for p in tmp_path.iterdir()] == ["a.safetensors"]


def test_big_endian_comes_back_by_value(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"x": np.arange(3, dtype=">f4")}, {})
    assert read_arrays(tmp_path / "a", {})["x"].tolist() == [0, 1, 2]


def test_no_arrays_at_all(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {}, {})
    assert read_arrays(tmp_path / "a", {}) == {}


@pytest.mark.parametrize("array", [np.array([None]), np.array(["text"]), np.zeros(1, ml_dtypes.float8_e4m3fn)])
def test_other_types_are_refused_before_anything_is_written(tmp_path: Path, array: np.ndarray) -> None:
    with pytest.raises(BadValue, match="'x'"):
        write_arrays(tmp_path / "a", {"x": array}, {})
    assert not list(tmp_path.iterdir())


def test_the_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "b").touch()
    write_arrays(tmp_path / "a", ARRAYS, {})
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_arrays(path, {"x": np.arange(4, dtype=np.float32), "y": np.array([1], np.int8)}, {"slab": "1"})
    whole = path.read_bytes()
    for i in range(len(whole)):
        path.write_bytes(whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :])
        try:
            found = read_arrays(path, {"slab": "1"})
        except BadFile:
            continue
        # what slips through can only be in text that says nothing about the arrays: white space
        assert found["x"].tolist() == [0, 1, 2, 3]
        assert found["y"].tolist() == [1]


def test_truncation_is_found_at_any_length(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_arrays(path, {"x": np.arange(4.0)}, {})
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(BadFile, match="damaged"):
            read_arrays(path, {})


def test_a_missing_file_and_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="missing"):
        read_arrays(tmp_path / "none", {})
    with pytest.raises(BadFile):
        read_arrays(tmp_path, {})


def test_a_file_of_another_place_is_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {}, {"slab": "1"})
    with pytest.raises(BadFile, match="its slab is '1', not '2'"):
        read_arrays(tmp_path / "a", {"slab": "2"})
