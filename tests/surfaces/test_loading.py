"""Names, options, formulas, and what is none of them."""

import pytest

from steepest.core.errors import UserError
from steepest.surfaces.loading import point, surface
from steepest.surfaces.surface import Surface


def test_options_change_the_formula_and_what_follows_from_it() -> None:
    s = surface("tilted-bowl:condition=100,angle=0")
    assert s.value(1.0, 1.0) == pytest.approx(50.5)
    assert s.learning_rate == pytest.approx(0.015)
    assert surface("rosenbrock:a=0.5").minima == ((0.5, 0.25),)
    a, b = surface("tilted-bowl:condition=2"), surface("tilted-bowl:condition=3")
    assert a.value.code == b.value.code


@pytest.mark.parametrize("text", ["x^2+3*y^2", "x-y", "e-x", "x", "sin(x)", " x + y "])
def test_a_formula(text: str) -> None:
    s = surface(text)
    assert s.formula == text.strip()
    assert s.minima == ()


def test_another_domain_and_start() -> None:
    s = surface("bowl", domain=((-1, 1), (0, 2)), start="0.5,1")
    assert s.domain == ((-1, 1), (0, 2))
    assert s.start == (0.5, 1)
    assert surface(s) is s
    assert isinstance(s, Surface)
    assert point([1, 2.5]) == (1, 2.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sadle", "did you mean 'saddle'"),
        ("two-minmia", "did you mean 'two-minima'"),
        ("nothing", "type a formula"),
        ("saddle:a=1", "has no options"),
        ("tilted-bowl:", "not key=value"),
        ("tilted-bowl:100", "not key=value"),
        ("tilted-bowl:conditon=2", "did you mean 'condition'"),
        ("tilted-bowl:condition=x", "not a number"),
        ("tilted-bowl:condition=1..9:3", "takes one number"),
        ("tilted-bowl:condition=2,condition=3", "twice"),
        ("tilted-bowl:condition=0.5", "[1, 1e+08]"),
        ("tilted-bowl:angle=1e9", "angle must be"),
        ("rosenbrock:b=0", "b must be"),
        ("rosenbrock:a=9", "a must be"),
        ("rastrigin:depth=-1", "depth must be"),
        ("x:2", "unexpected ':'"),
        ("", "unexpected end"),
        (3, "got a int"),
    ],
)
def test_what_is_refused(text, said: str) -> None:
    with pytest.raises(UserError) as caught:
        surface(text)
    assert said in str(caught.value)


@pytest.mark.parametrize("start", ["1", "1,2,3", "1,b", "", 3, None, [1, None], "nan,1", "1..2:3,1"])
def test_starts_that_are_none(start) -> None:
    with pytest.raises(UserError, match="start"):
        point(start)


def test_domains_that_are_none() -> None:
    with pytest.raises(UserError, match="domain"):
        surface("bowl", domain=((1, 1), (0, 2)))
