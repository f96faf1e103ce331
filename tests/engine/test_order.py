import numpy as np

from steepest.engine.chunks import Chunks, cut
from steepest.engine.order import chunk_order, epoch_order


def test_an_epoch_sees_every_sample_once_and_keeps_the_short_batch() -> None:
    order = epoch_order(seed=3, epoch=1, samples=10, batch_size=4)
    assert order.shape == (3, 4)
    assert sorted(order[order >= 0]) == list(range(10))
    assert list(order[2, 2:]) == [-1, -1]


def test_order_is_a_function_of_seed_and_epoch() -> None:
    assert np.array_equal(epoch_order(1, 2, 50, 8), epoch_order(1, 2, 50, 8))
    assert not np.array_equal(epoch_order(1, 2, 50, 8), epoch_order(1, 3, 50, 8))
    assert not np.array_equal(epoch_order(1, 2, 50, 8), epoch_order(2, 2, 50, 8))


def test_chunks_are_the_epochs_cut() -> None:
    chunks = cut(70, 8, 3)
    pieces = [chunk_order(5, i, chunks, 70, 8) for i in range(chunks.count)]
    steps = np.concatenate(
        [p[: b - a] for p, (a, b) in zip(pieces, map(chunks.span, range(chunks.count)), strict=True)]
    )
    assert np.array_equal(steps, np.concatenate([epoch_order(5, e, 70, 8) for e in range(3)]))
    assert all(
        (p[b - a :] == -1).all() for p, (a, b) in zip(pieces, map(chunks.span, range(chunks.count)), strict=True)
    )


def test_one_sample_needs_no_shuffling() -> None:
    chunks = Chunks(total_steps=10, steps_per_epoch=1, length=4, per_period=1, period=4)
    assert chunk_order(7, 2, chunks, 1, 1).tolist() == [[0], [0], [-1], [-1]]
    assert chunk_order(7, 0, chunks, 1, 2).tolist() == [[0, -1]] * 4
