import numpy as np
import pytest

from steepest.core.errors import BadFile, BadValue
from steepest.data import idx


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.int32, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(5,), (2, 3), (2, 3, 4), (0, 28, 28)])
def test_what_is_written_is_read_again(tmp_path, dtype, shape):
    array = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    idx.write(tmp_path / "a.idx", array)
    again = idx.read(tmp_path / "a.idx")
    assert again.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(again, array)
    np.testing.assert_array_equal(idx.decode(idx.encode(array)), array)


def test_the_bytes_are_those_of_the_format():
    assert idx.encode(np.array([[1, 2]], np.int16)) == bytes.fromhex("00000b02 00000001 00000002 0001 0002")


@pytest.mark.parametrize(
    ("blob", "word"),
    [
        (b"", "not an IDX file"),
        (b"\x89PNG\r\n", "not an IDX file"),
        (b"\0\0\x07\x01\0\0\0\0", "not an IDX file"),
        (b"\0\0\x08\x00", "not an IDX file"),
        (b"\0\0\x08\x03\0\0", "truncated"),
        (b"\0\0\x08\x01\0\0\0\x05abcd", "truncated"),
        (b"\0\0\x08\x01\0\0\0\x03abcd", "after its end"),
        (b"\0\0\x0e\x03" + b"\xff" * 12, "truncated"),  # announces 2⁹⁹ bytes: refused before allocation
    ],
)
def test_a_foreign_or_damaged_file_is_told_in_one_line(tmp_path, blob, word):
    (tmp_path / "bad").write_bytes(blob)
    for attempt in (lambda: idx.read(tmp_path / "bad"), lambda: idx.decode(blob)):
        with pytest.raises(BadFile, match=word) as caught:
            attempt()
        assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_type_without_code():
    with pytest.raises(BadFile, match="cannot read"):
        idx.read("/nowhere/x.idx")
    with pytest.raises(BadValue, match="int64"):
        idx.encode(np.arange(3))
