"""What a race recorded while it ran, step by step: as a dict for our own use, as a pandas DataFrame for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import Unavailable
from ..core.registry import unknown
from ..store import Store

if TYPE_CHECKING:
    from .results import Race

__all__ = ["frame", "recorded"]


def recorded(race: Race, metrics: Sequence[str]) -> dict[str, dict[int, list[tuple[int, float]]]]:
    """metric -> run id -> [(step, value)]; a metric without records has none."""
    out: dict[str, dict[int, list[tuple[int, float]]]] = {m: {} for m in metrics}
    with Store.open(race.path) as store:
        columns = store.records(metrics)
    for run, step, metric, value in zip(*(columns[k] for k in ("run", "step", "metric", "value")), strict=True):
        out[str(metric)].setdefault(int(run), []).append((int(step), float(value)))
    return out


def frame(race: Race, metrics: str | Sequence[str] | None) -> Any:
    """One row a run and step; see `Race.curves`."""
    try:
        import pandas
    except ImportError:
        raise Unavailable("Race.curves needs pandas; install it with: pip install pandas") from None
    wanted = [metrics] if isinstance(metrics, str) else None if metrics is None else list(metrics)
    with Store.open(race.path) as store:
        columns = store.records(wanted)
        missing = [m for m in wanted or () if m not in columns["metric"]]
        known = sorted(set(store.records()["metric"])) if missing else []
    for metric in missing:
        if known:  # nothing at all was recorded: a race that was stopped early, and an empty frame
            raise unknown("metric", metric, known)
    table = pandas.DataFrame(columns).pivot(index=["run", "step"], columns="metric", values="value")
    table = table.reindex(columns=sorted(table) if wanted is None else wanted).rename_axis(columns=None).reset_index()
    every = race.runs
    runs = [every[i] for i in table.pop("run")]
    names = dict.fromkeys(name for i in range(len(race.spec.configurations)) for name in race.varied(i))
    of = {
        "run": [run.id for run in runs],
        "optimizer": [run.optimizer for run in runs],
        **{name: [run.row.hyperparameters.get(name) for run in runs] for name in names},
        "seed": [run.seed for run in runs],
    }
    return pandas.concat([pandas.DataFrame(of), table], axis=1)
