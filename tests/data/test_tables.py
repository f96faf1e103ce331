import numpy as np
import pytest

from steepest import BadFile
from steepest.data.tables import read_rows

ROWS = [[1.0, 2.5, -3.0], [4.0, 5.0, 6e-3]]


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", " ", ", "])
@pytest.mark.parametrize("header", ["", "one{0}two{0}three\n", "\ufeff"])
def test_text(tmp_path, mark, header):
    body = "\n\n".join(mark.join(map(str, row)) for row in ROWS)
    read = read_rows(written(tmp_path / "rows.csv", header.format(mark) + body + "\n"), (3,))
    assert read.tolist() == ROWS


def test_quoted_header_with_the_mark_in_it(tmp_path):
    assert read_rows(written(tmp_path / "a.csv", '"a, b",c\n1,2\n'), (2,)).tolist() == [[1, 2]]


def test_arrays_and_pictures_as_rows(tmp_path):
    np.save(tmp_path / "rows.npy", np.arange(8.0).reshape(2, 4))
    assert read_rows(tmp_path / "rows.npy", (2, 2)).tolist() == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]
    np.save(tmp_path / "one.npy", np.arange(4))
    assert read_rows(tmp_path / "one.npy", (4,)).shape == (1, 4)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("1,2\n3,4\n", "has rows of 2 numbers; the network reads 3 a row"),
        ("1,2,3,0\n", "rows of 4 numbers; the network reads 3 a row, targets left out"),
        ("1,2,3\n4,5\n", "line 2 has 2 numbers, the lines before 3"),
        ("a,b,c\n1,x,3\n", "line 2: 'x' is no number"),
        ("1,x,3\n", "line 1: 'x' is no number"),
        ("id,2020,2021\n1,2,3\n", "line 1: 'id' is no number; take the line out if it is a header"),
        ("1,,3\n", "line 1: '' is no number"),
        ("1,nan,3\n", "row 0 .* not finite"),
        ("", "has no rows; the network reads 3 a row"),
        ("a,b,c\n", "has no rows"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path, text, match):
    with pytest.raises(BadFile, match=match) as error:
        read_rows(written(tmp_path / "rows.csv", text), (3,))
    assert "\n" not in str(error.value)


def test_no_file(tmp_path):
    with pytest.raises(BadFile, match="cannot read"):
        read_rows(tmp_path / "nowhere.csv", (3,))
    (tmp_path / "bad.npy").write_bytes(b"nothing")
    with pytest.raises(BadFile, match=r"bad\.npy"):
        read_rows(tmp_path / "bad.npy", (3,))
    (tmp_path / "empty.npy").write_bytes(b"")
    with pytest.raises(BadFile, match=r"empty\.npy"):
        read_rows(tmp_path / "empty.npy", (3,))
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile, match=r"bad\.csv"):
        read_rows(tmp_path / "bad.csv", (3,))
