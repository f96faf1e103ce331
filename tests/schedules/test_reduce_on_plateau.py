import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.schedules import reduce_on_plateau


def truth(losses, factor=0.1, patience=10, threshold=1e-4, cooldown=0, minimum=0.0):
    """PyTorch's rule (mode min, threshold relative), as documented; the factor after each epoch."""
    best, bad, rest, scale, out = np.inf, 0, 0, 1.0, []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if rest > 0:
            rest, bad = rest - 1, 0
        if bad > patience:
            scale, rest, bad = max(scale * factor, minimum), cooldown, 0
        out.append(scale)
    return out


def factors(plateau, losses):
    def epoch(state, loss):
        state = plateau.update(state, loss)
        return state, plateau.factor(state)

    return jax.lax.scan(epoch, plateau.init(), jnp.asarray(losses))[1]


LOSSES = np.abs(np.sin(np.arange(60) * 0.7)) + np.exp(-np.arange(60) / 9)


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"patience": 2.0, "factor": 0.5},
        {"patience": 0.0, "cooldown": 3.0},
        {"patience": 1.0, "minimum": 0.3, "factor": 0.7},
        {"patience": 2.0, "threshold": 0.2, "cooldown": 1.0, "factor": 0.5},
    ],
)
def test_it_is_pytorchs_rule(numbers):
    with jax.enable_x64(True):
        np.testing.assert_allclose(factors(reduce_on_plateau(**numbers), LOSSES), truth(LOSSES, **numbers), rtol=1e-12)


def test_every_number_is_traced_at_once():
    numbers = {
        "factor": jnp.array([0.1, 0.5]),
        "patience": jnp.array([1.0, 3.0]),
        "threshold": jnp.array([1e-4, 0.1]),
        "cooldown": jnp.array([0.0, 2.0]),
        "minimum": jnp.array([0.0, 0.2]),
    }
    lane = jax.jit(jax.vmap(lambda n: factors(reduce_on_plateau(**n), LOSSES)))(numbers)
    for i in range(2):
        np.testing.assert_allclose(lane[i], truth(LOSSES, **{k: float(v[i]) for k, v in numbers.items()}), rtol=1e-6)


def test_a_loss_that_is_no_number_is_no_improvement():
    assert factors(reduce_on_plateau(patience=1.0), [1.0, np.nan, np.nan, np.nan]).tolist()[-2:] == [
        pytest.approx(0.1),
        pytest.approx(0.1),
    ]
