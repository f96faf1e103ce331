import jax.numpy as jnp
import numpy as np

from steepest.schedules.clock import elapsed, progress, whole


def test_elapsed_counts_fractions_of_an_epoch():
    np.testing.assert_allclose(elapsed(jnp.arange(4), 2), [0, 0.5, 1, 1.5])


def test_whole_forgives_rounding_only():
    almost = np.nextafter(np.float32(3), np.float32(0))
    assert whole(jnp.array([almost, 2.999, 3.0, 3.9])).tolist() == [3, 2, 3, 3]


def test_progress_is_held_at_both_ends_and_no_length_is_over_at_once():
    assert progress(jnp.array([-1.0, 0.0, 1.0, 4.0, 9.0]), 4).tolist() == [0, 0, 0.25, 1, 1]
    assert progress(jnp.array([0.0, 1.0]), 0.0).tolist() == [1, 1]
