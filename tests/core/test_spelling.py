import pytest

from steepest.core.spelling import nearest, slips


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("adma", "adam", 1),
        ("adma", "adamax", 2),
        ("kitten", "sitting", 3),
        ("banana", "abnaan", 2),
        ("ca", "abc", 3),  # restricted: what was swapped is not changed again
    ],
)
def test_slips(one: str, other: str, distance: int) -> None:
    assert slips(one, other) == slips(other, one) == distance


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("adma", "adam"),
        ("adm", "adam"),
        ("adamx", "adamax"),
        ("Adam", "adam"),
        ("nadma", "nadam"),
        ("zzz", None),
        ("signadam", None),
    ],
)
def test_nearest(name: str, meant: str | None) -> None:
    assert nearest(name, ("sgd", "adamax", "adamw", "adam", "nadam", "radam")) == meant
