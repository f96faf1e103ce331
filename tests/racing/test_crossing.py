from itertools import product

import pytest

from steepest.core.errors import BadValue
from steepest.racing.choices import common_choices
from steepest.racing.crossing import check_rates, configurations, count
from steepest.racing.entries import entries, with_rates


def _falling(step: float) -> float:
    return 0.1 / (1 + step)


@pytest.mark.parametrize("schedule", [None, "cosine", _falling, ["step:factor=0.1,0.5", _falling, "cosine"]])
@pytest.mark.parametrize("optimizers", ["adam", ["sgd", "adam:beta1=0.8,0.9"]])
def test_what_is_counted_is_what_is_made(schedule: object, optimizers: object) -> None:
    groups = common_choices(batch_size="8,16", schedule=schedule, l2=[0.0, 0.1])
    taking_part = [with_rates(e, [0.1, 0.2, 0.3]) for e in entries(optimizers)]
    made = configurations(taking_part, groups)
    assert len(made) == count(taking_part, groups)
    assert len({str(c) for c in made}) == len(made)
    for one in made:
        assert ("learning_rate" in one.numbers) == (one.structure["schedule"] != "_falling")


def test_a_function_takes_the_place_of_the_rates() -> None:
    made = configurations(entries(["sgd", "momentum"]), common_choices(batch_size=8, schedule=_falling))
    assert [(c.optimizer, dict(c.numbers)) for c in made] == [("sgd", {}), ("momentum", {"beta": 0.9})]


def test_rates_that_would_have_no_effect_are_refused() -> None:
    brings = entries("sgd:learning_rate=0.1")
    given = [with_rates(e, [0.1]) for e in entries("sgd")]
    for one in (brings, given):
        with pytest.raises(BadValue, match="schedule '_falling' gives the learning rates: leave out those of 'sgd'"):
            check_rates(one, common_choices(batch_size=8, schedule=_falling))
        check_rates(one, common_choices(batch_size=8, schedule=["cosine", _falling]))
    check_rates(entries("sgd"), common_choices(batch_size=8, schedule=_falling))


def test_two_entries_of_one_label_are_told_apart() -> None:
    made = configurations(entries(["sgd", "adam:beta1=0.8", "adam:beta1=0.9"]), common_choices(batch_size=8))
    assert [c.label for c in made] == ["sgd", "adam:beta1=0.8", "adam:beta1=0.9"]
    for one, other in product(("sgd",), repeat=2):
        with pytest.raises(BadValue, match="entered twice"):
            configurations(entries([one, other]), common_choices(batch_size=8))
