import pytest

from steepest.core.metrics import higher_is_better


@pytest.mark.parametrize("name", ["accuracy", "test_accuracy", "f1", "glossary", "terror_free"])
def test_more_is_better(name: str) -> None:
    assert higher_is_better(name)


@pytest.mark.parametrize("name", ["loss", "validation_loss", "Test Error", "perplexity", "rmse", "test_height"])
def test_less_is_better(name: str) -> None:
    assert not higher_is_better(name)
