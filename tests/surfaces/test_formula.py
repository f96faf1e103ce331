"""The parser against Python's own arithmetic, and against everything that is no formula."""

import math
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steepest.core.errors import UserError
from steepest.surfaces.formula import Formula
from steepest.surfaces.parser import FUNCTIONS, MOST_DEPTH
from steepest.surfaces.tokens import MOST_CHARACTERS


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("x^2 + 3*y^2", lambda x, y: x**2 + 3 * y**2),
        ("-x^2", lambda x, y: -(x**2)),
        ("2^3^2*x", lambda x, y: 512 * x),
        ("x**-2 / y / 2", lambda x, y: x**-2 / y / 2),
        ("x - y - 1 - -x", lambda x, y: x - y - 1 + x),
        ("2*-x + +y", lambda x, y: -2 * x + y),
        ("(1.5e0 - .5)*x^0.5", lambda x, y: x**0.5),
        ("2^x * x^y", lambda x, y: 2**x * x**y),
        ("e^x - pi*y", lambda x, y: math.e**x - math.pi * y),
        ("sin(x)*cos(y) - tan(x/3)", lambda x, y: math.sin(x) * math.cos(y) - math.tan(x / 3)),
        ("exp(-x)+log(x)*sqrt(y)", lambda x, y: math.exp(-x) + math.log(x) * math.sqrt(y)),
        ("abs(-x)+sinh(x)-cosh(y)+tanh(x*y)", lambda x, y: x + math.sinh(x) - math.cosh(y) + math.tanh(x * y)),
        ("atan(y) + min(x, y, 1) + max(2, x)", lambda x, y: math.atan(y) + min(x, y, 1) + max(2, x)),
    ],
)
def test_the_value_is_pythons(text, python) -> None:
    f = Formula(text)
    points = [(0.7, 1.3), (1.9, 0.2), (3.25, 2.5)]
    for x, y in points:
        assert isinstance(f(x, y), float)
        assert f(x, y) == pytest.approx(python(x, y), rel=1e-14)
    xs, ys = np.array(points).T
    wide = f(xs[:, None], ys[None])  # broadcast
    assert wide.shape == (3, 3)
    assert wide[1, 2] == pytest.approx(python(xs[1], ys[2]), rel=1e-14)
    traced = jax.jit(f)(jnp.asarray(xs, jnp.float32), 1.3)
    assert traced.dtype == jnp.float32
    assert np.allclose(traced, [python(x, 1.3) for x in xs], rtol=1e-5)


def test_a_formula_without_a_variable_is_as_wide_as_its_arguments() -> None:
    assert Formula("3")(1.0, 2.0) == 3
    assert Formula("sqrt(2)^2")(np.zeros(4), 0.0).shape == (4,)
    assert Formula("y")(jnp.zeros((3, 1)), jnp.zeros(2)).shape == (3, 2)


def test_no_value_is_nan_and_no_warning() -> None:
    assert math.isnan(Formula("log(x)")(-1.0, 0.0))
    assert math.isinf(Formula("1/x")(0.0, 0.0))


def test_formulas_that_differ_in_numbers_share_their_code() -> None:
    a, b = Formula("2*x^2 + sin(3*y)"), Formula("5*x^2 + sin(2*pi*y)")
    assert a.code == b.code
    assert a.numbers == (2.0, 3.0)
    assert Formula("x^3").code != Formula("x^2").code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "unexpected end"),
        ("x +", "unexpected end"),
        ("x + )", "unexpected ')' at column 5"),
        ("(x", "unexpected end"),
        ("x y", "write the product as x*y"),
        ("2x", "write the product as 2*x"),
        ("x(y+1)", "write the product as x*("),
        ("x = 2", "unexpected '=' at column 3"),
        ("sni(x)", "did you mean 'sin'"),
        ("z^2", "unknown name at column 1"),
        ("sin x", "argument in brackets"),
        ("sin(x, y)", "takes 1 argument; got 2"),
        ("min(x)", "takes 2 to 8 arguments; got 1"),
        ("sin()", "unexpected ')' at column 5"),
        ("1/0", "no finite result"),
        ("log(0-1)*x", "no finite result"),
        ("(-8)^0.5", "no finite result"),
        ("1e999*x", "not a finite number"),
        ("x**9**9**9", "at most 64"),
        ("9**9**9", "at most 64"),
        ("x^65", "at most 64"),
        ("exp(exp(exp(9)))", "no finite result"),
        ("__import__('os')", 'unexpected "\'" at column 12'),
        ("__import__", "unknown name"),
        ("x.real", "unexpected '.'"),
        ("x²", "unexpected '²' at column 2"),
        ("٣*x", "unexpected '٣' at column 1"),
        ("１+x", "unexpected '１' at column 1"),
        ("x\x00", "unexpected '\\x00'"),
        ("x;y", "unexpected ';' at column 2"),
        ("lambda: x", "unexpected ':'"),
        ("(" * 10_000 + "x" + ")" * 10_000, "20,001 characters"),
        ("(" * 180 + "x" + ")" * 180, f"nested more than {MOST_DEPTH}"),
        ("-" * 300 + "x", f"nested more than {MOST_DEPTH}"),
        ("sin(" * 120 + "x" + ")" * 120, f"nested more than {MOST_DEPTH}"),
        ("x^" * 190 + "x", f"nested more than {MOST_DEPTH}"),
        ("x+" * 499 + "x", "more than 400"),
        ("x" * (1 << 20), f"at most {MOST_CHARACTERS:,}"),
    ],
)
def test_what_is_no_formula_is_refused_at_once(text: str, said: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UserError) as caught:
        Formula(text)
    assert time.perf_counter() - started < 0.1
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert len(message) < 300


@given(st.text(max_size=60) | st.text(alphabet="xy0123456789.e+-*/^(), sincoextp", max_size=120))
def test_any_text_is_a_formula_or_a_user_error(text: str) -> None:
    try:
        f = Formula(text)
    except UserError:
        return
    assert f(np.linspace(-2, 2, 5), 0.5).shape == (5,)


def _trees() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["x", "y", "2", "0.5", "pi"])

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})")
        one = st.tuples(st.sampled_from(["sin", "tanh", "abs", "-"]), inner).map(lambda t: f"{t[0]}({t[1]})")
        return pair | one | st.tuples(inner, st.integers(0, 4)).map(lambda t: f"({t[0]})**{t[1]}")

    return st.recursive(leaves, grown, max_leaves=8)


@given(_trees(), st.floats(0.1, 2), st.floats(0.1, 2))
def test_a_formula_means_what_python_means_by_it(text: str, x: float, y: float) -> None:
    try:
        f = Formula(text)
    except UserError:  # a constant part without a finite value, such as 1/(2-2)
        return
    names = {"x": x, "y": y, "pi": math.pi, "abs": abs, **{n: getattr(math, n) for n in FUNCTIONS if hasattr(math, n)}}
    try:
        expected = eval(text, {"__builtins__": {}}, names)  # the test's own text, not a caller's
    except (ZeroDivisionError, OverflowError):
        return
    assert f(x, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)
