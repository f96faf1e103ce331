import pytest
from hypothesis import given
from hypothesis import strategies as st

from steepest.core.axes import parse_axis
from steepest.core.errors import BadValue, TooLarge


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.1", (0.1,)),
        ("0.01,0.1", (0.01, 0.1)),
        ("0.1, 0.1,1e-3", (0.1, 1e-3)),
        ("1e-4..1:5", (1e-4, 1e-3, 1e-2, 1e-1, 1.0)),
        ("0..1:5", (0, 0.25, 0.5, 0.75, 1)),
        ("5..5:1", (5,)),
        ("1,10..1000:3", (1, 10, 100, 1000)),
        (3, (3,)),
        ([0.5, 0.25], (0.5, 0.25)),
    ],
)
def test_axes(text: object, values: tuple[float, ...]) -> None:
    assert parse_axis(text) == values


@given(st.floats(1e-6, 1e3), st.floats(1e-6, 1e3), st.integers(2, 50))
def test_a_range_has_its_ends_and_its_number_of_points(low: float, high: float, n: int) -> None:
    values = parse_axis(f"{low!r}..{high!r}:{n}")
    assert values[0] == low
    assert values[-1] == high
    assert len(values) <= n


@pytest.mark.parametrize(
    "text", ["", "a", "1,,2", "nan", "inf", "1..2", "1..2:0", "1..2:1", "1..2:x", "1..nan:3", "..:3"]
)
def test_what_is_no_axis_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadValue) as error:
        parse_axis(text, "learning rate")
    assert str(error.value).startswith("learning rate: ")
    assert "\n" not in str(error.value)


def test_empty_and_absurd_axes() -> None:
    with pytest.raises(BadValue, match="empty"):
        parse_axis([])
    with pytest.raises(TooLarge):
        parse_axis("1..2:1000000000")
