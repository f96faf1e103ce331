"""What a page asks for is looked up, never run: of optimisers it may name ours alone."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from steepest.core.errors import UnknownName
from steepest.web.orders import arguments
from steepest.web.surfaces import descents


class _Here:
    """A worker that computes at once."""

    async def ask(self, key: Any, compute: Any) -> Any:
        return compute()


@pytest.mark.parametrize(
    "form", ["{file}:mine", "{file}:mine:beta=0.8", "{file}", "optax.sgd", "optax.sgd:momentum=0.9"]
)
def test_an_optimizer_in_a_file_or_of_optax_is_refused_and_not_run(form: str, tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\nmine = None\n")
    text = form.format(file=tmp_path / "evil.py")
    with pytest.raises(UnknownName, match="unknown optimizer"):
        arguments({"workload": "cancer-neuron", "optimizers": [text]})
    with pytest.raises(UnknownName, match="unknown optimizer"):
        asyncio.run(descents(_Here(), "saddle", [text]))  # type: ignore[arg-type]
    assert not (tmp_path / "ran").exists()
