import numpy as np

from steepest.schedules import constant, step, warmup


def test_a_line_up_to_the_first_rate_then_the_schedule_from_its_beginning():
    schedule = warmup(step(1.0, factor=0.5, every=2, steps_per_epoch=2), epochs=2, start=0.2, steps_per_epoch=2)
    rates = [float(schedule(s)) for s in range(12)]
    np.testing.assert_allclose(rates, [0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5], rtol=1e-6)


def test_no_warmup_is_the_schedule():
    schedule = warmup(constant(0.3), epochs=0)
    np.testing.assert_allclose([schedule(s) for s in range(3)], 0.3, rtol=1e-6)
