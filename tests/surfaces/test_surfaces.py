"""What every surface owes, enrolled from the registry; the closed forms are written out here once more, in Python.

Derivatives are JAX's in float64; finite differences with a step of 1e-4 (gradient) of the same formula in plain
Python are good to about 1e-7 of the values' size, and those of the Hessian to 1e-5.
"""

import inspect
import re
import subprocess
import sys
from math import cos, exp, pi, sin

import numpy as np
import pytest

from steepest.surfaces.loading import surface
from steepest.surfaces.registry import SURFACES
from steepest.surfaces.verdict import judge

A = pi / 6
CLOSED = {
    "bowl": lambda x, y: x * x + y * y,
    "tilted-bowl": lambda x, y: ((x * cos(A) + y * sin(A)) ** 2 + 10 * (y * cos(A) - x * sin(A)) ** 2) / 2,
    "ravine": lambda x, y: x * x / 20 + 2 * (y - sin(x)) ** 2,
    "saddle": lambda x, y: x * x - y * y + y**4 / 2,
    "plateau": lambda x, y: 1 - exp(-x * x - y * y),
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y * y * y) ** 2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    "himmelblau": lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    "rastrigin": lambda x, y: 20 + x * x + y * y - 10 * (cos(2 * pi * x) + cos(2 * pi * y)),
    "two-minima": lambda x, y: x**4 / 4 - x**3 / 12 - x * x / 2 + x / 4 + y * y / 2,
}


@pytest.fixture(params=SURFACES)
def name(request):
    return request.param


def points(s, n=7):
    (x0, x1), (y0, y1) = s.domain
    rng = np.random.default_rng(5)
    return rng.uniform((x0, y0), (x1, y1), (n, 2))


def test_the_formula_is_the_closed_form(name):
    s = surface(name)
    for x, y in points(s):
        assert s.value(x, y) == pytest.approx(CLOSED[name](x, y), rel=1e-13, abs=1e-14)


def test_derivatives_are_finite_differences(name):
    s, f, h = surface(name), CLOSED[name], 1e-4
    for x, y in points(s):
        size = max(1.0, abs(f(x, y)))
        gradient = [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)]
        assert np.allclose(s.gradient(x, y), gradient, atol=1e-6 * size, rtol=1e-5)
        xx = (f(x + h, y) - 2 * f(x, y) + f(x - h, y)) / h**2
        yy = (f(x, y + h) - 2 * f(x, y) + f(x, y - h)) / h**2
        xy = (f(x + h, y + h) - f(x + h, y - h) - f(x - h, y + h) + f(x - h, y - h)) / (4 * h * h)
        assert np.allclose(s.hessian(x, y), [[xx, xy], [xy, yy]], atol=1e-5 * size, rtol=1e-4)


def test_its_minima_are_minima_of_one_height_or_deepest_first(name):
    s = surface(name)
    (x0, x1), (y0, y1) = s.domain
    grid = s.value(np.linspace(x0, x1, 201)[:, None], np.linspace(y0, y1, 201))
    heights = [s.value(*at) for at in s.minima]
    assert np.diff(heights).min(initial=0) > -1e-12
    assert heights[0] <= grid.min() + 1e-12
    for x, y in s.minima:
        assert np.abs(s.gradient(x, y)).max() < 1e-11
        verdict = judge(s, x, y)
        assert verdict.kind == "minimum"
        assert verdict.eigenvalues[0] > 0
        assert x0 < x < x1
        assert y0 < y < y1


def test_its_words_and_defaults(name):
    s = surface(name)
    assert s.id.partition(":")[0] == name
    assert surface(s.id).formula == s.formula
    assert re.search(r"[一-鿿]", s.title["zh"])
    assert s.title["en"]
    (x0, x1), (y0, y1) = s.domain
    assert x0 < s.start[0] < x1
    assert y0 < s.start[1] < y1
    for option in inspect.signature(SURFACES.load(name)).parameters.values():
        assert isinstance(option.default, float)


def test_a_few_steps_downhill_at_its_own_rate_go_down(name):
    s = surface(name)
    x, y = s.start
    for _ in range(20):
        before = s.value(x, y)
        gx, gy = s.gradient(x, y)
        x, y = x - s.learning_rate / 2 * gx, y - s.learning_rate / 2 * gy
        assert s.value(x, y) < before


def test_derivatives_of_many_points_at_once() -> None:
    s = surface("beale")
    xs = np.linspace(-2, 2, 30).reshape(5, 6)
    gradient, hessian = s.gradient(xs, 0.3), s.hessian(xs, 0.3)
    assert gradient.shape == (2, 5, 6)
    assert hessian.shape == (2, 2, 5, 6)
    assert gradient.dtype == np.float64
    assert np.array_equal(gradient[:, 3, 4], s.gradient(xs[3, 4], 0.3))
    assert s.gradient(np.zeros(0), 0).shape == (2, 0)


def test_derivatives_leave_a_race_its_device_for_each_core() -> None:
    code = "import steepest, os, jax; steepest.surface('bowl').gradient(1, 1)\n"
    code += "assert jax.device_count() == len(os.sched_getaffinity(0)), jax.devices()"
    subprocess.run([sys.executable, "-c", code], check=True)
