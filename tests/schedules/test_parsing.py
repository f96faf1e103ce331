import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from steepest.core.errors import UserError
from steepest.schedules import cosine, linear, warmup
from steepest.schedules.parsing import build, options, parse, plateau
from steepest.schedules.registry import PLAIN, SCHEDULES


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_bare_name_takes_the_defaults_of_its_signature(name):
    description = parse(name)
    assert json.loads(json.dumps(description)) == description
    for key, default in options(name).items():
        where = description["structure" if isinstance(default, bool) else "numbers"]
        expected = default if isinstance(default, bool) else [default]
        assert where.get(f"{name}.{key}", [None]) == expected


def test_values_are_axes_and_a_list_goes_on_to_the_next_key():
    assert parse("step:factor=0.5,0.1,every=10")["numbers"] == {
        "step.factor": [0.5, 0.1],
        "step.every": [10.0],
    }
    assert parse("exponential:rate=0.9..0.9:1,0.99")["numbers"] == {"exponential.rate": [0.9, 0.99]}
    assert parse("cosine:final=1e-3..1e-1:3")["numbers"] == {"cosine.final": [1e-3, 1e-2, 1e-1]}


def test_structure_and_dashes():
    description = parse("inverse-time:decay-rate=2,staircase=false")
    assert description["name"] == "inverse_time"
    assert description["structure"] == {"inverse_time.staircase": False}
    assert description["numbers"] == {"inverse_time.decay_rate": [2.0]}


def test_parts_are_joined_only_before_a_letter():
    description = parse("warmup:epochs=1e+0+cosine:final=0.01")
    assert description["name"] == "warmup+cosine"
    assert description["numbers"] == {"warmup.epochs": [1.0], "warmup.start": [0.0], "cosine.final": [0.01]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cosin", "unknown schedule 'cosin'; did you mean 'cosine'?"),
        ("", "unknown schedule ''"),
        ("cosine:finale=1", "unknown key of schedule cosine 'finale'; did you mean 'final'?"),
        ("constant:rate=1", "unknown key of schedule constant"),
        ("cosine:final", "'final' has no key"),
        ("cosine:", "has no key"),
        ("cosine:final=", "not a number"),
        ("cosine:final=nan", "not a finite number"),
        ("cosine:final=1,final=2", "given twice"),
        ("cosine:final=-1", "schedule cosine.final must be zero or more; got -1"),
        ("step:every=0", "schedule step.every must be above zero; got 0"),
        ("one_cycle:rise=1.5", "from 0 to 1; got 1.5"),
        ("exponential:staircase=maybe", "must be true or false; got 'maybe'"),
        ("exponential:steps_per_epoch=3", "unknown key"),
        ("cosine+linear", "each at most once"),
        ("cosine+warmup", r"give \[warmup\+\]NAME"),
        ("warmup+warmup+cosine", "each at most once"),
    ],
)
def test_a_mistake_is_told_in_one_line(text, words):
    with pytest.raises(UserError, match=words) as caught:
        parse(text)
    assert "\n" not in str(caught.value)


def rates(schedule, steps=range(0, 60, 7)):
    return np.array([schedule(s) for s in steps])


@pytest.mark.parametrize("name", PLAIN)
def test_build_gives_the_schedule_with_the_runs_length(name):
    needs = {"epochs": 12.0} if "epochs" in options(name) else {}
    schedule = build(parse(name), {"learning_rate": 0.1}, 5, 12.0)
    np.testing.assert_array_equal(rates(schedule), rates(SCHEDULES.load(name)(0.1, **needs, steps_per_epoch=5)))


def test_build_takes_each_runs_numbers_and_what_the_warmup_leaves():
    description = parse("warmup:epochs=1,2+cosine:final=0,0.1")
    run = {"learning_rate": 0.1, "warmup.epochs": 2.0, "cosine.final": 0.1}
    expected = warmup(cosine(0.1, epochs=10.0, final=0.1, steps_per_epoch=5), epochs=2.0, steps_per_epoch=5)
    np.testing.assert_array_equal(rates(build(description, run, 5, 12)), rates(expected))
    told = build(parse("linear:epochs=3"), {"learning_rate": 0.1}, 5, 12)
    np.testing.assert_array_equal(rates(told), rates(linear(0.1, epochs=3.0, steps_per_epoch=5)))


def test_a_lane_builds_inside_the_trace():
    description = parse("warmup:epochs=1,2+cosine:final=0,0.1")
    numbers = {
        "learning_rate": jnp.array([0.1, 0.2]),
        "warmup.epochs": jnp.array([1.0, 2.0]),
        "cosine.final": jnp.array([0.0, 0.1]),
    }
    lane = jax.jit(jax.vmap(lambda n: build(description, n, 5, 12)(jnp.int32(20))))(numbers)
    for i in range(2):
        alone = build(description, {k: float(v[i]) for k, v in numbers.items()}, 5, 12)(20)
        np.testing.assert_allclose(lane[i], alone, rtol=1e-6)


def test_the_plateau_is_handed_out_apart():
    description = parse("cosine+reduce_on_plateau:patience=0,factor=0.5")
    watcher = plateau(description, {"reduce_on_plateau.factor": 0.25})
    state = watcher.update(watcher.update(watcher.init(), 1.0), 1.0)
    assert watcher.factor(state) == 0.25
    np.testing.assert_array_equal(
        rates(build(description, {"learning_rate": 0.1}, 5, 12)),
        rates(cosine(0.1, epochs=12, steps_per_epoch=5)),
    )
    assert plateau(parse("cosine"), {}) is None
    alone = build(parse("reduce_on_plateau"), {"learning_rate": 0.1}, 5, 12)
    np.testing.assert_allclose(rates(alone), 0.1, rtol=1e-6)
