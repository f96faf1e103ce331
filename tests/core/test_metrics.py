import pytest

from steepest.core.metrics import higher_is_better


@pytest.mark.parametrize("name", ["accuracy", "test_accuracy", "f1", "glossary", "terror_free"])
def test_more_is_better(name: str) -> None:
    assert higher_is_better(name)


@pytest.mark.parametrize("name", ["loss", "validation_loss", "Test Error", "perplexity", "rmse", "test_height"])
def test_less_is_better(name: str) -> None:
    assert not higher_is_better(name)


def test_what_is_declared_comes_before_the_name() -> None:
    declared = {"distance": False, "error": True}
    assert not higher_is_better("distance", declared)
    assert not higher_is_better("test_distance", declared)
    assert higher_is_better("validation_error", declared)
    assert not higher_is_better("train_loss", declared)
    assert higher_is_better("accuracy", declared)
