import numpy as np
import pytest
from PIL import Image

from steepest.core.errors import BadFile
from steepest.data import idx, images
from steepest.data.images import normalise, read_digits
from steepest.data.mnist import mnist


def digit(i):
    return mnist().test.x[i]


def likeness(a, b):
    """The cosine between two pictures."""
    a, b = a.astype(float).ravel(), b.astype(float).ravel()
    return a @ b / np.sqrt((a @ a) * (b @ b))


def drawn(i, size=10):
    """MNIST's digit, enlarged and put off-centre on a sheet that is not square."""
    big = np.asarray(Image.fromarray(digit(i)).resize((28 * size, 28 * size), Image.Resampling.BICUBIC))
    return np.pad(big, ((30, 90), (120, 10)))


def saved(tmp_path, image, name="digit.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


SHEETS = {
    "light on dark": lambda d: Image.fromarray(d),
    "dark on light": lambda d: Image.fromarray(255 - d),
    "low contrast": lambda d: Image.fromarray((200 - d * 0.4).astype(np.uint8)),
    "blue on cream": lambda d: Image.composite(
        Image.new("RGB", d.shape[::-1], (20, 30, 160)),
        Image.new("RGB", d.shape[::-1], (250, 240, 220)),
        Image.fromarray(d),
    ),
    "black ink on a transparent sheet": lambda d: Image.merge(
        "LA", (Image.new("L", d.shape[::-1], 0), Image.fromarray(d))
    ),
    "white ink on a transparent sheet": lambda d: Image.merge(
        "LA", (Image.new("L", d.shape[::-1], 255), Image.fromarray(d))
    ),
    "an opaque alpha channel": lambda d: Image.fromarray(255 - d).convert("RGBA"),
    "palette": lambda d: Image.fromarray(255 - d).convert("P"),
    "sixteen bits": lambda d: Image.fromarray(d.astype(np.uint16) * 257),
    "one bit": lambda d: Image.fromarray(255 - d).convert("1", dither=Image.Dither.NONE),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_any_drawing_becomes_mnists_form(tmp_path, sheet):
    for i in range(8):
        (found,) = read_digits(saved(tmp_path, SHEETS[sheet](drawn(i))))
        assert found.shape == (28, 28)
        assert found.dtype == np.uint8
        # enlarged, moved and brought back: resampling twice costs little, one bit has no soft edges;
        # a wrong polarity or place would cost all
        assert likeness(found, digit(i)) > (0.8 if sheet == "one bit" else 0.9)


def test_jpeg(tmp_path):
    path = saved(tmp_path, Image.fromarray(255 - drawn(3)), "digit.jpg", quality=80)
    assert likeness(read_digits(path)[0], digit(3)) > 0.9


@pytest.mark.parametrize("light", [(1.0, 0.6), (0.5, 1.0)])
def test_a_photograph_in_slanting_light(tmp_path, light):
    for i in range(8):
        sheet = (250 - 0.9 * drawn(i)) * np.linspace(*light, drawn(i).shape[1])
        path = saved(tmp_path, Image.fromarray(sheet.astype(np.uint8)), "d.jpg", quality=90)
        assert likeness(read_digits(path)[0], digit(i)) > 0.85  # the shade changes the strength of the ink


def test_a_photograph_lying_on_its_side_is_turned(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the viewer must turn it clockwise
    sideways = Image.fromarray(255 - drawn(4)).transpose(Image.Transpose.ROTATE_90)
    assert likeness(read_digits(saved(tmp_path, sideways, "d.jpg", exif=exif))[0], digit(4)) > 0.9


def test_a_digit_in_mnists_form_passes_untouched(tmp_path):
    for i in range(20):
        np.testing.assert_array_equal(read_digits(saved(tmp_path, Image.fromarray(digit(i))))[0], digit(i))


def test_ink_fits_the_box_with_its_centre_in_the_middle():
    found = normalise(drawn(5))
    rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    weights = found / found.sum()
    assert abs(weights.sum(1) @ np.arange(28) - 14) <= 0.5 + 1e-9
    assert abs(weights.sum(0) @ np.arange(28) - 14) <= 0.5 + 1e-9


def test_a_hairline_survives():
    sheet = np.zeros((500, 300))
    sheet[10:490, 150] = 255
    assert normalise(sheet).max() == 255


def test_stacks_of_mnist_pass_untouched(tmp_path):
    stack = mnist().test.x[:50]
    idx.write(tmp_path / "d.idx", stack)
    np.save(tmp_path / "d.npy", stack)
    np.save(tmp_path / "flat.npy", stack.reshape(50, 784))
    np.save(tmp_path / "unit.npy", stack / np.float32(255))
    for name in ("d.idx", "d.npy", "flat.npy", "unit.npy"):
        np.testing.assert_array_equal(read_digits(tmp_path / name), stack)


def test_other_stacks_are_brought_to_form(tmp_path):
    np.save(tmp_path / "one.npy", 255 - drawn(1))
    np.save(tmp_path / "white.npy", 255 - mnist().test.x[:4])
    np.save(tmp_path / "colour.npy", np.repeat(drawn(2)[None, :, :, None], 3, axis=3))
    assert likeness(read_digits(tmp_path / "one.npy")[0], digit(1)) > 0.9
    np.testing.assert_array_equal(read_digits(tmp_path / "white.npy").shape, (4, 28, 28))
    assert likeness(read_digits(tmp_path / "white.npy")[0], digit(0)) > 0.9
    assert likeness(read_digits(tmp_path / "colour.npy")[0], digit(2)) > 0.9


def refused(path, word):
    with pytest.raises(BadFile, match=word) as caught:
        read_digits(path)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_digits(tmp_path):
    refused(tmp_path / "none.png", "No such file")
    refused(tmp_path, "directory")
    for blob, word in (
        (b"", "is empty"),
        (b"GIF89a....", "not a picture"),
        (b"\x89PNG\r\n\x1a\nrubbish", "cannot read the picture"),
        (b"\xff\xd8\xff\xe0", "cannot read the picture"),
        (b"\x93NUMPY\x01\x00", "cannot read"),
        (b"\0\0\x08\x03\x7f\xff\xff\xff\0\0\0\x1c\0\0\0\x1c", "truncated"),
    ):
        (tmp_path / "bad").write_bytes(blob)
        refused(tmp_path / "bad", word)


@pytest.mark.parametrize("name", ["d.png", "d.jpg", "d.npy"])
def test_a_truncated_file(tmp_path, name):
    if name == "d.npy":
        np.save(tmp_path / name, drawn(0))
    else:
        saved(tmp_path, Image.fromarray(drawn(0)), name)
    whole = (tmp_path / name).read_bytes()
    for share in (0.1, 0.5, 0.9):
        (tmp_path / name).write_bytes(whole[: int(len(whole) * share)])
        refused(tmp_path / name, "cannot read")


def test_a_blank_sheet(tmp_path):
    for level in (0, 128, 255):
        refused(saved(tmp_path, Image.new("L", (50, 50), level)), "shows no digit")


def test_a_decompression_bomb(tmp_path):
    path = saved(tmp_path, Image.new("1", (20_000, 20_000)))  # 50 kB that unpack to 400 million pixels
    assert path.stat().st_size < 100_000
    refused(path, "pixels")
    refused(saved(tmp_path, Image.new("1", (8_000, 8_000))), "8000×8000 pixels")


def test_a_stack_that_is_too_large_or_no_numbers(tmp_path, monkeypatch):
    np.save(tmp_path / "d.npy", np.array(["seven"]))
    refused(tmp_path / "d.npy", "digits are numbers")
    np.save(tmp_path / "d.npy", np.array([{}], dtype=object), allow_pickle=True)
    refused(tmp_path / "d.npy", "cannot read")
    np.save(tmp_path / "d.npy", np.full((1, 28, 28), np.nan))
    refused(tmp_path / "d.npy", "NaN")
    np.save(tmp_path / "d.npy", np.full((1, 28, 28), 700))
    refused(tmp_path / "d.npy", "700")
    np.save(tmp_path / "d.npy", np.ones((1, 2, 2, 2, 2)))
    refused(tmp_path / "d.npy", "array")
    monkeypatch.setattr(images, "MOST_BYTES", 100)
    refused(tmp_path / "d.npy", "at most 100")
