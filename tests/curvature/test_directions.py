"""Planes and projections against NumPy's own singular values, and quadratics in closed form."""

import numpy as np
import pytest

from steepest.curvature.filters import filter_normalised
from steepest.curvature.principal import principal_plane
from steepest.curvature.projection import coordinates, lengths

RNG = np.random.default_rng(3)


def test_the_principal_plane_is_that_of_the_singular_values() -> None:
    moves = (RNG.standard_normal((40, 6)) * [9, 5, 3, 1, 0.5, 0.1]) @ RNG.standard_normal((6, 300))
    plane = principal_plane(moves.astype(np.float32))
    _, values, right = np.linalg.svd(moves.astype(np.float32).astype(float))
    assert np.allclose(plane @ plane.T, np.eye(2), atol=1e-12)
    assert np.allclose(np.abs(np.sum(plane * right[:2], axis=1)), 1, atol=1e-6)
    shown, whole = lengths(moves, plane)
    assert shown / whole == pytest.approx((values[:2] ** 2).sum() / (values**2).sum(), rel=1e-5)


def test_a_line_or_no_movement_still_makes_a_plane() -> None:
    line = np.outer(np.linspace(0, 1, 9), RNG.standard_normal(50))
    for moves in (line, np.zeros((4, 50))):
        plane = principal_plane(moves)
        assert np.allclose(plane @ plane.T, np.eye(2), atol=1e-12)
    shown, whole = lengths(line, principal_plane(line))
    assert shown == pytest.approx(whole, rel=1e-12)
    assert (line @ principal_plane(line)[0]).sum() > 0


def test_coordinates_are_the_nearest_in_a_plane_that_is_not_orthonormal() -> None:
    directions = RNG.standard_normal((2, 30)) * [[3], [0.1]]
    inside = RNG.standard_normal((5, 2))
    points = inside @ directions
    assert np.allclose(coordinates(points, directions), inside)
    away = RNG.standard_normal((5, 30))
    away -= coordinates(away, directions) @ directions
    assert np.allclose(coordinates(points + away, directions), inside)
    shown, whole = lengths(points + away, directions)
    assert shown == pytest.approx((points**2).sum())
    assert whole == pytest.approx((points**2).sum() + (away**2).sum())


def test_a_filter_of_the_direction_is_as_long_as_the_networks() -> None:
    kernel, weight, bias = RNG.standard_normal((3, 3, 2, 4)), RNG.standard_normal((5, 7)), np.ones(7)
    first, second = filter_normalised([kernel, weight, bias])
    k, w, b = np.split(first, [kernel.size, kernel.size + weight.size])
    assert np.allclose(np.linalg.norm(w.reshape(5, 7), axis=0), np.linalg.norm(weight, axis=0))
    assert np.allclose(
        np.linalg.norm(k.reshape(-1, 4), axis=0), np.linalg.norm(kernel.reshape(-1, 4), axis=0), rtol=1e-12
    )
    assert np.array_equal(b, np.zeros(7))
    assert not np.allclose(first, second)
    assert np.array_equal(filter_normalised([kernel, weight, bias], 0)[0], first)
    (only, _) = filter_normalised([np.array([3.0, 4.0])])
    assert np.linalg.norm(only) == pytest.approx(5)
