from itertools import pairwise

import pytest

from steepest.engine.chunks import cut


@pytest.mark.parametrize(
    ("samples", "batch", "epochs"),
    [(55_000, 128, 2), (400, 400, 5_000), (1_078, 64, 7), (400, 1, 3), (10, 3, 0.1), (97, 2, 1.5)],
)
def test_chunks_cover_every_step_once_and_end_where_epochs_end(samples: int, batch: int, epochs: float) -> None:
    chunks = cut(samples, batch, epochs)
    spans = [chunks.span(i) for i in range(chunks.count)]
    assert spans[0][0] == 0
    assert spans[-1][1] == chunks.total_steps == max(1, round(epochs * -(-samples // batch)))
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all(0 < last - first <= chunks.length for first, last in spans)
    if chunks.steps_per_epoch >= 32 or epochs <= 20:
        ends = {last for _, last in spans}
        assert ends >= {e * chunks.steps_per_epoch for e in range(1, int(epochs) + 1)}


@pytest.mark.parametrize(("samples", "batch", "epochs"), [(1_078, 64, 50), (400, 400, 100), (55_000, 128, 2)])
def test_what_listens_to_each_epoch_hears_of_each(samples: int, batch: int, epochs: float) -> None:
    chunks = cut(samples, batch, epochs, each_epoch=True)
    ends = {chunks.span(i)[1] for i in range(chunks.count)}
    assert ends >= {e * chunks.steps_per_epoch for e in range(1, int(epochs) + 1)}


def test_there_are_as_many_chunks_as_asked_for() -> None:
    for samples, batch, epochs in [(55_000, 128, 2), (1_078, 64, 8), (1_078, 64, 50), (400, 400, 1_000)]:
        assert cut(samples, batch, epochs, least=16).count >= 16
