import numpy as np

from steepest.core.spec import Layout
from steepest.engine.plan import CACHE_BYTES, lay_out
from steepest.engine.slabs import Member, deal, slots


def members(settings: int, seeds: int) -> list[Member]:
    return [Member(c * seeds + s, s, {"learning_rate": float(c)}) for c in range(settings) for s in range(seeds)]


def test_every_run_sits_in_one_place_in_a_row_of_its_seed() -> None:
    layout = Layout(2, 4, 3, True)
    runs = members(7, 3)
    slabs = deal(runs, layout)
    seen = []
    for rows in slabs:
        s = slots(rows, layout)
        assert s.ids.shape == s.numbers["learning_rate"].shape == (4, 3)
        for row, column in np.argwhere(s.filled):
            run = runs[s.ids[row, column]]
            assert s.seeds[row] == run.seed
            assert s.numbers["learning_rate"][row, column] == run.numbers["learning_rate"]
            seen.append(run.id)
    assert sorted(seen) == [m.id for m in runs]


def test_layouts_fit_the_machine_and_waste_little() -> None:
    for settings, seeds, size in [(9, 3, 1_750_000), (1, 1, 10), (1, 100, 100), (4096, 1, 100), (64, 4, 10**9)]:
        layout = lay_out([m.seed for m in members(settings, seeds)], size, 2)
        assert 1 <= layout.devices <= 2
        assert layout.rows % layout.devices == 0
        beside = layout.rows // layout.devices * layout.width if layout.vectorised else 1
        assert beside == 1 or beside * size <= CACHE_BYTES
        places = len(deal(members(settings, seeds), layout)) * layout.rows * layout.width
        assert places <= 1.5 * settings * seeds + 2


def test_a_width_that_is_given_is_taken() -> None:
    assert lay_out([0], 10, 2, width=7) == Layout(2, 2, 7, True)
