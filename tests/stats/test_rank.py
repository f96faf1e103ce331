import numpy as np
import pytest

import steepest

RESULTS = {"sgd": {0: 0.80, 1: 0.82, 2: 0.84}, "adam": {0: 0.90, 1: 0.92, 2: 0.94}, "lion": {0: 0.91, 1: 0.90, 2: 0.93}}


def test_the_best_first_with_intervals_and_ties() -> None:
    rows = steepest.rank(RESULTS)
    assert [(r.label, r.rank, r.n, r.tied) for r in rows] == [
        ("adam", 1, 3, True),
        ("lion", 2, 3, True),
        ("sgd", 3, 3, False),
    ]
    half = 4.302652729911275 * 0.02 / np.sqrt(1.75)  # Student's t of two degrees of freedom
    assert (rows[0].mean, rows[0].low, rows[0].high) == pytest.approx((0.92, 0.92 - half, 0.92 + half))
    assert repr(rows[0]) == "1= adam: 0.92 [0.855, 0.985], n=3"


def test_less_is_better_when_said() -> None:
    rows = steepest.rank(RESULTS, better="less")
    assert [r.label for r in rows] == ["sgd", "lion", "adam"]
    assert [r.tied for r in rows] == [False, False, False]


def test_labels_may_lack_seeds() -> None:
    rows = steepest.rank({"a": {0: 1.0, 1: 1.1, 2: 1.2}, "b": {1: 0.1, 2: 0.21}, "c": {7: 0.5}})
    assert [(r.label, r.n, r.tied) for r in rows] == [("a", 3, False), ("b", 2, False), ("c", 1, None)]
    assert rows[2].low is None
    assert repr(rows[2]) == "3? c: 0.5, n=1"
    assert repr(rows[0]).startswith("1 a")


def test_one_lucky_result_neither_leads_nor_keeps_the_others_from_being_compared() -> None:
    rows = steepest.rank({"a": {0: 1.0}, "b": {0: 0.5, 1: 0.51, 2: 0.53}, "c": {0: 0.1, 1: 0.11, 2: 0.12}})
    assert [(r.label, r.tied) for r in rows] == [("b", False), ("c", False), ("a", None)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (({},), "nothing to rank in {}"),
        (([1.0],), "give results as {label: {seed: value}}"),
        (({"a": {}},), "'a' has {}"),
        (({"a": [1.0, 2.0]},), "'a' has [1.0, 2.0]: give its results as {seed: value}"),
        (({"a": {0: float("nan")}},), "'a', seed 0: nan is no finite number"),
        (({"a": {0: "high"}},), "'a', seed 0: 'high' is no finite number"),
        (({"a": {0: True}},), "is no finite number"),
        (({"a": {0: 1.0, "x": 2.0}},), "'a' has the seed 'x': seeds are whole numbers"),
        (({"a": {0: 1.0}}, "mor"), "unknown better 'mor'; did you mean 'more'?"),
        (({"a": {0: 1.0}}, None), "unknown better 'None'"),
    ],
)
def test_mistakes_are_told(arguments: tuple, told: str) -> None:
    with pytest.raises(steepest.UserError) as error:
        steepest.rank(*arguments)
    assert told in str(error.value)


def test_numpy_values_are_numbers() -> None:
    (row,) = steepest.rank({"a": {np.int64(0): np.float32(0.5), 1: np.int64(1)}})
    assert row.mean == 0.75
