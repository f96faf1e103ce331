import math

from steepest.stats.ranking import best_of_each, by_validation, standings


def run(configuration: int, seed: int, test: float, validation: float, status: str = "finished") -> dict:
    metrics = {} if status == "diverged" else {"test": test, "validation": validation}
    return {"configuration": configuration, "seed": seed, "status": status, "metrics": metrics}


def test_settings_are_chosen_on_validation_and_reported_on_test() -> None:
    runs = [run(0, s, 0.99, 0.5) for s in range(3)] + [run(1, s, 0.8 + s / 1000, 0.9) for s in range(3)]
    (row,) = best_of_each(standings({0: "adam", 1: "adam"}, runs, "test", "validation"))
    assert row.configuration == 1  # though configuration 0 happened to test better
    assert row.mean == (0.8 + 0.801 + 0.802) / 3
    assert (row.rank, row.n, row.tied) == (1, 3, False)


def test_a_tie_is_called_a_tie_and_a_difference_a_difference() -> None:
    leader = [run(0, s, v, v) for s, v in enumerate((0.90, 0.92, 0.94))]
    close = [run(1, s, v, v) for s, v in enumerate((0.91, 0.90, 0.93))]
    behind = [run(2, s, v - 0.1, v) for s, v in enumerate((0.90, 0.921, 0.939))]
    rows = best_of_each(standings({0: "a", 1: "b", 2: "c"}, leader + close + behind, "test", "validation"))
    assert [(r.label, r.rank, r.tied) for r in rows] == [("a", 1, True), ("b", 2, True), ("c", 3, False)]


def test_a_setting_that_diverged_is_chosen_last_and_counts_only_whole_runs() -> None:
    runs = [run(0, 0, 0.9, 0.9), run(0, 1, 0, 0, "diverged"), run(1, 0, 0.5, 0.5), run(1, 1, 0.6, 0.6)]
    table = standings({0: "a", 1: "a"}, runs, "test", "validation")
    assert (table[0].n, table[0].diverged, table[0].low) == (1, 1, None)
    assert best_of_each(table)[0].configuration == 1
    assert best_of_each(table[:1])[0].configuration == 0


def test_every_setting_stands_in_the_order_in_which_it_is_chosen() -> None:
    runs = [run(c, s, 1 - v, v + s / 100) for c, v in enumerate((0.5, 0.9, 0.7)) for s in range(2)]
    runs += [run(3, 0, 0.99, 0.99), run(3, 1, 0, 0, "diverged")]
    rows = by_validation(standings(dict.fromkeys(range(4), "a"), runs, "validation", "validation"))
    assert [(r.configuration, r.rank, r.tied) for r in rows] == [(1, 1, None), (2, 2, None), (0, 3, None), (3, 4, None)]


def test_an_interval_stays_within_what_the_metric_can_be() -> None:
    runs = [run(0, s, v, v) for s, v in enumerate((0.99, 0.9, 1.0))]
    (free,) = standings({0: "a"}, runs, "test", "validation")
    (kept,) = standings({0: "a"}, runs, "test", "validation", limits=(0, 1))
    assert (free.high or 0) > 1
    assert (kept.low, kept.high) == (free.low, 1)
    percent = [run(0, s, v, v) for s, v in enumerate((99.0, 90.0, 100.0))]  # of another scale than was thought
    (left,) = standings({0: "a"}, percent, "test", "validation", limits=(0, 1))
    assert (left.high or 0) > 100


def test_the_difference_to_the_leader_and_its_p_are_told() -> None:
    runs = [
        run(c, s, v, v) for c, first in enumerate((0.9, 0.5)) for s, v in enumerate((first, first + 0.01, first + 0.03))
    ]
    leader, second = best_of_each(standings({0: "a", 1: "b"}, runs, "test", "validation"))
    assert (leader.difference, leader.p) == (0, None)
    assert abs((second.difference or 0) + 0.4) < 1e-12
    assert (second.p or 1) < 0.001  # the pairs differ by the same, to rounding


def test_equal_means_stand_in_the_order_of_their_entries_whatever_the_order_of_their_values() -> None:
    values = (0.1, 0.2, 0.3, 0.7)  # whose sum depends on its order in floating point
    runs = [run(c, s, v, v) for c, order in enumerate((values[::-1], values)) for s, v in enumerate(order)]
    rows = best_of_each(standings({0: "a", 1: "b"}, runs, "test", "validation"))
    assert [(r.label, r.tied, r.p) for r in rows] == [("a", True, None), ("b", True, 1.0)]


def test_what_has_no_validation_metric_is_chosen_last() -> None:
    runs = [run(c, s, 0.9, v) for c, v in enumerate((math.nan, 0.3, 0.5)) for s in range(2)]
    table = standings(dict.fromkeys(range(3), "a"), runs, "test", "validation")
    assert [r.configuration for r in by_validation(table)] == [2, 1, 0]
    assert best_of_each(table)[0].configuration == 2


def test_one_seed_cannot_tell_and_no_run_has_no_mean() -> None:
    (one,) = best_of_each(standings({0: "a"}, [run(0, 0, 0.9, 0.9)], "test", "validation"))
    assert one.tied is None
    (none,) = best_of_each(standings({0: "a"}, [run(0, 0, 0, 0, "diverged")], "test", "validation"))
    assert math.isnan(none.mean)
    assert none.n == 0


def test_of_a_loss_less_is_better() -> None:
    def one(configuration: int, seed: int, value: float) -> dict:
        metrics = {"test_loss": value, "validation_loss": value}
        return {"configuration": configuration, "seed": seed, "status": "finished", "metrics": metrics}

    runs = [one(c, s, v + s / 100) for c, v in enumerate((0.5, 0.1, 0.3, 0.2)) for s in range(3)]
    table = standings({0: "a", 1: "a", 2: "b", 3: "b"}, runs, "test_loss", "validation_loss", higher=False)
    assert [(r.label, r.configuration) for r in best_of_each(table)] == [("a", 1), ("b", 3)]
