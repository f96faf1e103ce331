from steepest.stats.halving import survivors


def test_the_better_half_goes_on_and_the_best_of_every_entry() -> None:
    labels = {i: "a" if i < 6 else "b" for i in range(9)}
    scores = {i: [float(i), float(i)] for i in range(6)} | {6: [0.5], 7: [-1.0], 8: [-2.0]}
    assert survivors(labels, scores) == {1, 2, 3, 4, 5, 6}
    scores |= {6: [1.5]}
    assert survivors(labels, scores) == {2, 3, 4, 5, 6}


def test_what_diverged_goes_and_a_half_is_rounded_up() -> None:
    nan = float("nan")
    assert survivors({0: "a", 1: "a"}, {0: [0.1, 0.2], 1: [0.9, nan]}) == {0}
    assert survivors({0: "a", 1: "b"}, {0: [nan], 1: []}) == set()
    assert survivors(dict.fromkeys(range(5), "a"), {i: [i] for i in range(5)}) == {2, 3, 4}


def test_what_is_level_with_the_last_goes_on_too() -> None:
    assert survivors(dict.fromkeys(range(4), "a"), {0: [0.1], 1: [0.5], 2: [0.4, 0.6], 3: [0.5 - 3e-8]}) == {1, 2, 3}


def test_of_a_loss_the_least_go_on() -> None:
    assert survivors(dict.fromkeys(range(4), "a"), {i: [i] for i in range(4)}, higher=False) == {0, 1}
