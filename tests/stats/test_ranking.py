import math

from steepest.stats.ranking import best_of_each, standings


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
    table = standings({0: "a", 1: "a", 2: "b", 3: "b"}, runs, "test_loss", "validation_loss")
    assert [(r.label, r.configuration) for r in best_of_each(table)] == [("a", 1), ("b", 3)]
