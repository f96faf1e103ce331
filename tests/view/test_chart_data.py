"""Chart data, number by number, on a race small enough to work out by hand."""

import json
import math

import pytest

from steepest.view.bands import band, curves, thin
from steepest.view.chart_data import chart_data, jsonable
from steepest.view.divergence import MOST_COLUMNS, divergence
from steepest.view.race import Reader, finite
from steepest.view.sensitivity import sensitivity
from steepest.view.times import time_to_target, times

from . import synthetic


def tiny():
    """Two optimisers, two rates, two seeds; adam at 0.1 loses one seed, sgd at 0.1 both."""

    def run(identity, configuration, seed, value, to_target=None):
        status = "diverged" if value is None else "finished"
        value = math.nan if value is None else value
        return {
            "id": identity,
            "configuration": configuration,
            "seed": seed,
            "status": status,
            "steps": 20,
            "metrics": {"test_accuracy": value, "validation_accuracy": value},
            "to_target": to_target,
        }

    def row(rank, configuration, name, mean):
        return {
            "rank": rank,
            "tied": False,
            "optimizer": name,
            "configuration": configuration,
            "hyperparameters": {},
            "metric": "test_accuracy",
            "mean": mean,
            "low": mean - 0.1,
            "high": mean + 0.1,
            "n": 2,
        }

    settings = [("adam", 0.01), ("adam", 0.1), ("sgd", 0.01), ("sgd", 0.1)]
    return {
        "workload": {
            "id": "w",
            "title": {"en": "w", "zh": "w"},
            "target": {"metric": "test_accuracy", "value": 0.7},
            "parameters": 10,
        },
        "metric": "test_accuracy",
        "choose_by": "validation_accuracy",
        "loss": "train_loss",
        "configurations": [
            {
                "id": i,
                "optimizer": name,
                "label": name,
                "hyperparameters": {"learning_rate": rate},
                "varied": {"learning_rate": rate},
            }
            for i, (name, rate) in enumerate(settings)
        ],
        "runs": [
            run(0, 0, 0, 0.75, {"steps": 10, "seconds": 1.0}),
            run(1, 0, 1, 0.25, {"steps": 20, "seconds": 3.0}),
            run(2, 1, 0, 0.5),
            run(3, 1, 1, None),
            run(4, 2, 0, 0.5, {"steps": 14, "seconds": 2.0}),
            run(5, 2, 1, 0.625),
            run(6, 3, 0, None),
            run(7, 3, 1, None),
        ],
        "curves": {
            "train_loss": {
                0: [[0, 4.0], [10, 2.0], [20, 1.0]],
                "1": [[0, 2.0], [10, math.nan], [20, 0.5]],
                3: [[0, 2.0], [10, 8.0], [20, math.inf]],
            },
            "validation_loss": {0: [[0, math.nan]]},
        },
        "ranking": [row(1, 2, "sgd", 0.5625), row(2, 0, "adam", 0.5)],
        "all": [],
    }


def test_a_point_of_the_sensitivity_is_the_mean_and_range_over_surviving_seeds():
    data = sensitivity(Reader(tiny()))
    adam, sgd = data["series"]
    assert adam["name"] == "adam"
    assert adam["best"] == 0
    first = {"rate": 0.01, "configuration": 0, "mean": 0.5, "low": 0.25, "high": 0.75, "n": 2}
    assert adam["points"][0] == {**first, "diverged": 0, "total": 2}
    second = {"rate": 0.1, "configuration": 1, "mean": 0.5, "low": 0.5, "high": 0.5, "n": 1}
    assert adam["points"][1] == {**second, "diverged": 1, "total": 2}
    lost = {"rate": 0.1, "configuration": 3, "mean": None, "low": None, "high": None, "n": 0}
    assert sgd["points"][1] == {**lost, "diverged": 2, "total": 2}
    assert (data["higher"], data["others"], data["omitted"], data["unavailable"]) == (True, False, 0, None)


def test_when_something_else_varies_too_the_preferred_setting_stands_for_its_rate():
    race = tiny()
    race["configurations"][1]["hyperparameters"]["learning_rate"] = 0.01
    race["configurations"][3]["hyperparameters"]["learning_rate"] = 0.01
    race["configurations"][0]["hyperparameters"]["learning_rate"] = 0.0
    data = sensitivity(Reader(race))
    assert [p["configuration"] for p in data["series"][1]["points"]] == [2]
    assert data["others"] is True
    assert data["omitted"] == 1
    assert data["unavailable"] == "rate_fixed"


def test_sensitivity_says_when_nothing_survived():
    race = tiny()
    for run in race["runs"]:
        run["status"] = "diverged"
    assert sensitivity(Reader(race))["unavailable"] == "no_result"


def test_a_runs_stopped_early_count_only_where_none_finished():
    race = tiny()
    race["runs"][0]["status"] = "stopped"
    assert Reader(race).values(0, "test_accuracy") == [0.25]
    race["runs"][1]["status"] = "stopped"
    assert Reader(race).values(0, "test_accuracy") == [0.75, 0.25]


def test_a_band_leaves_out_what_is_not_finite():
    both = band([[[0, 4.0], [10, 2.0]], [[0, 2.0], [10, math.nan]]])
    assert both == [[0, 3.0, 2.0, 4.0, 2], [10, 2.0, 2.0, 2.0, 1]]


def test_curves_by_configuration_with_the_place_where_a_seed_was_lost():
    data = curves(Reader(tiny()))
    assert set(data["metrics"]) == {"train_loss"}
    drawn = data["metrics"]["train_loss"]
    assert drawn[0]["band"] == [[0, 3.0, 2.0, 4.0, 2], [10, 2.0, 2.0, 2.0, 1], [20, 0.75, 0.5, 1.0, 2]]
    assert drawn[0]["ends"] == []
    assert drawn[1]["ends"] == [[10, 8.0]]
    assert 3 not in drawn
    assert data["omitted"] == 0


def test_a_lost_seed_makes_no_jump_in_the_mean():
    race = tiny()
    race["runs"][1]["status"] = "diverged"
    drawn = curves(Reader(race))["metrics"]["train_loss"][0]
    assert drawn["band"] == [[0, 4.0, 4.0, 4.0, 1], [10, 2.0, 2.0, 2.0, 1], [20, 1.0, 1.0, 1.0, 1]]
    assert drawn["ends"] == [[20, 0.5]]


def test_a_small_budget_keeps_the_best_settings_and_counts_the_rest():
    data = curves(Reader(tiny()), points=10)
    assert set(data["metrics"]["train_loss"]) == {0}
    assert data["omitted"] == 2


def test_thinning_keeps_both_ends():
    assert thin(list(range(10)), 4) == [0, 3, 6, 9]
    assert thin([1, 2], 4) == [1, 2]


def test_time_to_target_is_the_median_over_seeds_that_got_there():
    reader = Reader(tiny())
    assert time_to_target(reader, 0) == {"reached": 2, "total": 2, "steps": 15.0, "seconds": 2.0}
    assert time_to_target(reader, 3) == {"reached": 0, "total": 2, "steps": None, "seconds": None}
    data = times(reader)
    assert [row["best"]["steps"] for row in data["rows"]] == [15.0, 14.0]
    assert [dot["steps"] for dot in data["rows"][0]["dots"]] == [10.0, 20.0]
    assert data["unavailable"] is None


def test_times_say_why_they_are_missing():
    race = tiny()
    for run in race["runs"]:
        run["to_target"] = None
    assert times(Reader(race))["unavailable"] == "not_reached"
    race["workload"]["target"] = None
    assert times(Reader(race))["unavailable"] == "no_target"


def test_the_divergence_map_has_a_cell_for_each_optimiser_and_rate():
    data = divergence(Reader(tiny()))
    assert data["rates"] == [0.01, 0.1]
    assert data["rows"][0]["cells"][1] == {"diverged": 1, "total": 2, "share": 0.5, "mean": 0.5}
    assert data["rows"][1]["cells"][1] == {"diverged": 2, "total": 2, "share": 1.0, "mean": None}
    assert data["diverged"] == 3
    assert data["binned"] is False


def test_too_many_rates_are_grouped_and_a_missing_one_is_an_empty_cell():
    race = tiny()
    rates = [1e-4 * 1.2**i for i in range(40)]
    race["configurations"] = [
        {"id": i, "optimizer": "adam" if i else "sgd", "hyperparameters": {"learning_rate": r}}
        for i, r in enumerate(rates)
    ]
    race["runs"], race["ranking"] = [], []
    data = divergence(Reader(race))
    assert data["binned"] is True
    assert len(data["rates"]) <= MOST_COLUMNS
    assert data["rows"][0]["cells"][1] is None


def test_no_learning_rate_no_map():
    race = tiny()
    for configuration in race["configurations"]:
        configuration["hyperparameters"] = {}
    assert divergence(Reader(race))["unavailable"] == "no_rate"


def test_two_rows_of_one_optimiser_are_told_apart_by_label():
    race = tiny()
    for configuration in race["configurations"][2:]:
        configuration |= {"optimizer": "adam", "label": "adam (torch)"}
    race["ranking"][0]["optimizer"] = "adam"
    assert list(Reader(race).groups) == ["adam", "adam (torch)"]


@pytest.mark.parametrize("value", [None, math.nan, math.inf, "nan"])
def test_not_finite_reads_as_none(value):
    assert finite(value) is None


def test_the_direction_is_the_races_own_else_its_names():
    race = synthetic.race()
    plain, declared = Reader(race), Reader({**race, "higher": {"accuracy": False, "error": True}})
    assert (plain.higher("test_accuracy"), plain.higher("validation_loss")) == (True, False)
    assert (declared.higher("test_accuracy"), declared.higher("validation_error")) == (False, True)
    assert not declared.higher("train_loss")


def test_chart_data_is_json_whatever_is_in_it():
    text = json.dumps(jsonable(chart_data(synthetic.race())), allow_nan=False)
    assert json.loads(text)["groups"][0]["name"] == "sgd"
    assert jsonable({1: math.nan, "b": (1 / 3, True, 2.0)}) == {"1": None, "b": [0.33333, True, 2]}
