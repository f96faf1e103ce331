"""A workload held against what it promises, before anything is raced: its data, shapes, labels, then a few values."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..core.errors import BadValue
from ..data import scaling
from ..data.splits import Split, Splits
from ..nn.metric import declared
from .labels import check_labels
from .shapes import check_metric, check_values, output_shapes, raised
from .workload import Workload

__all__ = ["check"]

BATCHES = (131, 137, 139, 149, 151, 157)  # samples of a batch that is a shape only: a number that no layer has
FEW = 64  # samples that are measured


def check(workload: Workload) -> None:
    """Raise `BadValue`, one line that names the function at fault, when `workload` cannot be raced as it is."""
    splits = raised(f"the data of {workload.id!r}", workload.data)
    if not isinstance(splits, Splits):
        raise BadValue(f"the data of {workload.id!r} makes a {type(splits).__name__}; it must make steepest.Splits")
    for name in ("train", "validation", "test"):
        _check_split(workload, name, getattr(splits, name))
    train = splits.train
    batch = next(n for n in BATCHES if n not in train.x.shape + train.y.shape) if len(train) > 1 else 1
    x = jax.ShapeDtypeStruct((batch, *train.x.shape[1:]), jnp.float32)
    y = jax.ShapeDtypeStruct((batch, *train.y.shape[1:]), jax.dtypes.canonicalize_dtype(train.y.dtype))
    outputs = output_shapes(workload, x)
    if hasattr(outputs, "shape"):
        check_labels(workload, splits, outputs.shape[1:])
    check_values(workload, "loss", workload.loss, outputs, y)
    for name, metric in workload.metrics.items():
        check_metric(workload, name, declared(name, metric), outputs, y)
    _measure(workload, train)


def _check_split(workload: Workload, name: str, split: Split) -> None:
    if len(split) == 0:
        raise BadValue(f"the {name} split of {workload.id!r} is empty; a race needs all three")
    for part, array in (("x", split.x), ("y", split.y)):
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            at = np.argwhere(~np.isfinite(array))[0]
            place = f"{part} of sample {at[0]} in the {name} split of {workload.id!r}"
            raise BadValue(f"{place} is {array[tuple(at)]}; fill or drop what is missing before a race")


def _measure(workload: Workload, train: Split) -> None:
    """Measure a few training samples with an untrained network: values are finite, and a sample's own."""
    rows = np.unique(np.linspace(0, len(train) - 1, FEW).astype(int))
    shift, scale = scaling.fit(workload.scaling, train.x)
    x = ((train.x[rows].astype(np.float32) - shift) * scale).astype(np.float32)
    metrics = {name: declared(name, metric) for name, metric in workload.metrics.items()}
    functions = {f"metric {name!r}": metric.of for name, metric in metrics.items() if not metric.whole}
    functions = {"loss": workload.loss, **functions}

    def values(key: jax.Array, x: jax.Array, y: jax.Array) -> Any:
        outputs = workload.network(key)(x)
        first = jax.tree.map(lambda o: o[:1], outputs)
        return {what: (of(outputs, y), of(first, y[:1])) for what, of in functions.items()}

    for what, pair in jax.jit(values)(jax.random.key(0), x, train.y[rows]).items():
        together, alone = (np.asarray(part) for part in pair)
        of = f"the {what} of {workload.id!r}"
        broken = ~np.isfinite(together) if what == "loss" else np.isnan(together)
        if broken.any():
            first = int(np.argmax(broken))
            at = rows[first]
            told = f"{of} is {together[first]} for training sample {at} of an untrained network"
            raise BadValue(
                f"{told}, y {np.array2string(train.y[at], threshold=4)}; mend it, or scale inputs and targets"
            )
        if not np.isclose(together[0], alone[0], rtol=0.01, atol=1e-3 * np.abs(together).max()):
            told = f"{of} depends on the other samples of a batch; outputs and y may be paired, as [B, 1] with [B] are"
            whole = "" if what == "loss" else ", or say steepest.metrics.whole(…) if it is of all samples at once"
            raise BadValue(f"{told}: give them one shape{whole}")
