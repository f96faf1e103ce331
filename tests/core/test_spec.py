import json

from steepest.core.spec import Configuration, Layout, RaceSpec


def configuration(rate: float, **structure: object) -> Configuration:
    return Configuration("adam", "adam", {"dialect": "textbook", **structure}, {"learning_rate": rate, "beta1": 0.9})


def test_a_spec_goes_to_json_and_back() -> None:
    spec = RaceSpec(
        workload="digits-mlp",
        configurations=(configuration(0.1),),
        seeds=(0, 1),
        epochs=2.0,
        options={"samples": 5},
        halving=True,
        layouts=(Layout(2, 2, 3, True),),
        command="steepest race",
        facts={"a": 1},
    )
    assert RaceSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


def test_numbers_share_a_lane_and_structure_does_not() -> None:
    assert configuration(0.1).lane == configuration(0.2).lane
    assert configuration(0.1).lane != configuration(0.1, amsgrad=True).lane
