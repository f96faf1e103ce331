import pytest

import steepest


@pytest.mark.parametrize(("samples", "steps"), [(20_000, [40]), (40_000, [40, 80])])
def test_within_an_epoch_only_a_small_validation_split_is_measured(samples, steps):
    race = steepest.race("mnist-softmax", "sgd", lr=0.1, batch_size=500, samples=samples, epochs=1, seeds=1)
    assert list(race.curves("validation_accuracy").step) == steps
