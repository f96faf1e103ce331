"""What every workload owes, enrolled from the registry."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.data.scaling import SCALINGS, fit
from steepest.schedules.parsing import parse
from steepest.workloads.loading import workload
from steepest.workloads.registry import WORKLOADS


@pytest.fixture(params=WORKLOADS)
def race(request):
    return workload(request.param)


def batch(race, n=6):
    train = race.data().train
    shift, scale = fit(race.scaling, train.x)
    return (jnp.asarray(train.x[:n], jnp.float32) - shift) * scale, jnp.asarray(train.y[:n])


def test_a_lane_builds_with_losses_and_metrics_of_each_sample(race):
    x, y = batch(race)

    @jax.jit
    @jax.vmap
    def run(key):
        model = race.network(key)
        outputs = model(x)
        dropped = model(x, key=key, keep_prob=0.5)
        return race.loss(outputs, y), {k: f(dropped, y) for k, f in race.metrics.items()}

    losses, metrics = run(jax.random.split(jax.random.key(0), 3))
    assert losses.shape == (3, 6)
    assert np.isfinite(losses).all()
    assert (losses >= 0).all()
    for values in metrics.values():
        assert values.shape == (3, 6)
        assert jnp.issubdtype(values.dtype, jnp.floating)


def test_a_step_downhill_lowers_the_loss(race):
    x, y = batch(race, 64)

    @jax.jit
    def losses(key):
        def loss(model):
            return race.loss(model(x), y).mean()

        model = race.network(key)
        before, slope = jax.value_and_grad(loss)(model)
        return before, loss(jax.tree.map(lambda w, g: w - 0.01 * g, model, slope))

    before, after = losses(jax.random.key(0))
    assert after < before


def test_its_words_and_defaults(race):
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", race.id)
    assert set(race.title) == {"en", "zh"}
    assert re.search(r"[一-鿿]", race.title["zh"])
    assert race.scaling in SCALINGS
    assert race.target is None or race.target.metric in race.metrics
    assert parse(race.schedule)
    assert race.optimizers
    assert all(rate > 0 for rate in race.learning_rates)
    quick = workload(race, **race.quick)
    assert quick.epochs < race.epochs
    assert len(quick.data().train) <= len(race.data().train)


def test_the_name_is_the_id():
    for name in WORKLOADS:
        assert WORKLOADS.load(name).id == name
