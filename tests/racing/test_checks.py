"""What would race to wrong numbers without a word is refused in one line before anything is raced.

The sound form of each is raced in `test_sound`, so that no check refuses what is right.
"""

from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pandas
import pytest
from sklearn.datasets import load_diabetes, load_wine

import steepest
from steepest import BadValue, Metric, Split, Splits, Workload, losses, metrics
from steepest.data.stratified import stratified

X, Y = load_wine(return_X_y=True)
DX, DY = load_diabetes(return_X_y=True)
WINE = Workload(
    id="wine",
    network=partial(steepest.mlp, sizes=(13, 8, 3)),
    data=lambda: steepest.split(X, Y),
    loss=losses.softmax_cross_entropy,
    metrics={"accuracy": metrics.accuracy},
    scaling="standardise",
    batch_size=16,
    epochs=2,
)
DIABETES = Workload(
    id="diabetes",
    network=partial(steepest.mlp, sizes=(10, 8, 1)),
    data=lambda: steepest.split(DX, DY / 100),
    loss=losses.squared_error,
    metrics={"rmse": metrics.rmse, "r2": metrics.r2},
    scaling="standardise",
    batch_size=16,
    epochs=2,
)


def race(workload, **changes):
    return steepest.race(steepest.workload(workload, **changes), "adam", lr=0.01, seeds=1)


def labelled(y, x=X):
    return lambda: steepest.split(x, y, stratify=False)


class Vectors(eqx.Module):
    """A network of batches whose output is [B], with leaves that are no arrays."""

    weight: jax.Array
    name: str = "mine"
    power: int = 2
    activation: object = jnp.tanh

    def __call__(self, x):
        return self.activation(x @ self.weight) ** self.power


class Dropped(eqx.Module):
    layer: eqx.nn.Linear
    dropout: eqx.nn.Dropout

    def __call__(self, x):
        return jax.vmap(self.layer)(self.dropout(x))


class Keyless(Vectors):
    """Dropout that forgets its key."""

    def __call__(self, x, *, keep_prob=1.0):
        return x @ self.weight * keep_prob


class Whole(eqx.Module):
    """A network that forgets the axis of samples."""

    weight: jax.Array

    def __call__(self, x):
        return jnp.sum(x, 0) @ self.weight


def mlp_of_one(key):
    return eqx.nn.MLP(13, 3, 8, 2, key=key)


SOUND = {
    "ours": (WINE, {}),
    "numbers": (DIABETES, {}),
    "a network of one sample, batched": (WINE, {"network": steepest.batched(mlp_of_one)}),
    "leaves that are no arrays": (
        DIABETES,
        {"network": lambda key: Vectors(jax.random.normal(key, (10,))), "loss": lambda o, y: (o - y) ** 2},
    ),
    "own loss": (WINE, {"loss": optax.softmax_cross_entropy_with_integer_labels}),
    "own loss of one output": (DIABETES, {"loss": lambda o, y: (o[:, 0] - y) ** 2}),
    "a metric of bools": (WINE, {"metrics": {"right": lambda o, y: o.argmax(1) == y}}),
    "a metric of whole numbers": (WINE, {"metrics": {"miss": lambda o, y: abs(o.argmax(1) - y)}}),
    "finished by NumPy": (DIABETES, {"metrics": {"root": Metric(losses.squared_error, "less", finish=np.sqrt)}}),
    "labels as floats": (WINE, {"data": labelled(Y.astype(float))}),
    "labels as lists": (WINE, {"data": labelled(Y.tolist(), X.tolist())}),
    "a frame": (WINE, {"data": labelled(pandas.Series(Y, index=range(9, 187)), pandas.DataFrame(X))}),
    "text": (WINE, {"data": labelled(np.array(["a", "b", "c"])[Y])}),
    "labels of shares": (
        WINE,
        {
            "network": partial(steepest.mlp, sizes=(13, 1)),
            "data": labelled(Y / 2),
            "loss": losses.sigmoid_cross_entropy,
            "metrics": {"mae": metrics.mae},
        },
    ),
    "several targets": (
        DIABETES,
        {"network": partial(steepest.mlp, sizes=(10, 2)), "data": labelled(np.stack([DY, DY], 1) / 100, DX)},
    ),
}


@pytest.mark.parametrize("case", SOUND)
def test_sound(case):
    raced = race(SOUND[case][0], **SOUND[case][1])
    values = raced.best.metrics
    assert raced.best.status == "finished"
    assert all(np.isfinite(value) for value in values.values())


WRONG = {
    # losses and metrics, as new users wrote them
    "a metric of pairs": (
        DIABETES,
        {"metrics": {"square": lambda o, y: (o - y) ** 2}},
        r"metric 'square' of 'diabetes' gives \[B, B\] from outputs \[B, 1\] and y \[B\].*outputs\[:, 0\]",
    ),
    "a metric that is a mean": (
        DIABETES,
        {"metrics": {"square": lambda o, y: jnp.mean((o[:, 0] - y) ** 2)}},
        r"metric 'square' of 'diabetes' gives \[\].*leave the mean over samples out.*metrics\.whole",
    ),
    "a loss that is a mean": (
        DIABETES,
        {"loss": lambda o, y: jnp.mean((o[:, 0] - y) ** 2)},
        r"loss of 'diabetes' gives \[\] .*leave the mean",
    ),
    "a loss of columns": (
        DIABETES,
        {"loss": lambda o, y: (o - y[:, None]) ** 2},
        r"loss of 'diabetes' gives \[B, 1\] .*take \[:, 0\]",
    ),
    "a loss of pairs, averaged": (
        DIABETES,
        {"loss": lambda o, y: jnp.mean((o - y) ** 2, axis=-1)},
        r"loss of 'diabetes' depends on the other samples",
    ),
    "a metric of pairs, averaged": (
        DIABETES,
        {"metrics": {"square": lambda o, y: jnp.mean((o - y) ** 2, axis=-1)}},
        r"metric 'square' of 'diabetes' depends on the other samples.*metrics\.whole",
    ),
    "a loss of several": (
        WINE,
        {"loss": lambda o, y: o**2},
        r"gives \[B, 3\].*mean over all axes but the first",
    ),
    "a loss of whole numbers": (WINE, {"loss": lambda o, y: o.argmax(1)}, "gives int32; give real floating"),
    "a complex metric": (WINE, {"metrics": {"c": lambda o, y: o[:, 0] * 1j}}, "gives complex64"),
    "no array": (WINE, {"loss": lambda o, y: None}, "gives a NoneType.*give an array"),
    "a loss that raises": (WINE, {"loss": lambda o, y: o @ y}, "the loss of 'wine' raised TypeError"),
    "a metric that raises": (
        WINE,
        {"metrics": {"mine": lambda o, y: o.nothing}},
        "metric 'mine' of 'wine' raised AttributeError",
    ),
    "NumPy in a metric": (WINE, {"metrics": {"mine": lambda o, y: np.sign(o)[:, 0]}}, "raised TracerArrayConversion"),
    "a whole metric that is none": (
        WINE,
        {"metrics": {"mine": metrics.whole(lambda o, y: o.argmax(1) == y)}},
        r"gives \[B\]; it must be one real number",
    ),
    "NumPy in a whole metric": (
        WINE,
        {"metrics": {"mine": metrics.whole(lambda o, y: np.mean(np.array(o)))}},
        "write it with jax.numpy",
    ),
    "finished as one": (
        DIABETES,
        {"metrics": {"mine": Metric(losses.squared_error, finish=np.sum)}},
        "must go element by element",
    ),
    "an infinite loss": (
        DIABETES,
        {"loss": lambda o, y: jnp.log(o[:, 0] * 0)},
        r"loss of 'diabetes' is -inf for training sample 0",
    ),
    "a metric that is no number": (
        DIABETES,
        {"metrics": {"mine": lambda o, y: (o[:, 0] - y) * 0 / 0}},
        r"metric 'mine' of 'diabetes' is nan for training sample 0",
    ),
    # networks
    "a network of one sample": (WINE, {"network": mlp_of_one}, r"takes one sample, \[13\].*steepest\.batched"),
    "dropout without a key": (
        WINE,
        {"network": lambda key: Dropped(eqx.nn.Linear(13, 3, key=key), eqx.nn.Dropout(0.5))},
        r"raised RuntimeError: .*key.*; a network is called on batches, model\(x\)",
    ),
    "dropout that takes no key": (
        DIABETES,
        {"network": lambda key: Keyless(jax.random.normal(key, (10,)))},
        r"network of 'diabetes', with dropout, raised TypeError: .*'key'.*model\(x, key=",
    ),
    "a network for other inputs": (WINE, {"network": partial(steepest.mlp, sizes=(12, 3))}, "network of 'wine' raised"),
    "a network without samples": (
        WINE,
        {"network": lambda key: Whole(jax.random.normal(key, (13, 3)))},
        r"makes \[3\] of inputs \[B, 13\]",
    ),
    "a network that is a model": (WINE, {"network": mlp_of_one(jax.random.key(0))}, "key -> model"),
    "a network of nothing": (WINE, {"network": lambda key: lambda x: x}, "no parameters"),
    "a network that cannot be called": (WINE, {"network": lambda key: jnp.ones(3)}, "cannot be called"),
    # labels
    "labels from 1": (WINE, {"data": labelled(Y + 1)}, "y goes from 1 to 3: give y - 1"),
    "a label too many": (WINE, {"data": labelled(np.where(Y == 2, 7, Y))}, "0 to 2; y goes from 0 to 7"),
    "labels below 0": (WINE, {"data": labelled(Y - 1)}, "y goes from -1 to 1"),
    "labels between": (WINE, {"data": labelled(Y / 2)}, r"class numbers 0 to 2; y has 0\.5"),
    "one-hot": (WINE, {"data": labelled(np.eye(3)[Y])}, r"got y \[n, 3\]: give y\.argmax\(1\)"),
    "a column": (
        WINE,
        {"data": lambda: Splits(*[Split(X, Y[:, None])] * 3)},
        r"got y \[n, 1\]: give y\[:, 0\]",
    ),
    "labels from 1 for a loss of one's own": (
        WINE,
        {"loss": lambda o, y: losses.softmax_cross_entropy(o, y - 1), "data": labelled(Y + 1)},
        "accuracy takes class numbers 0 to 2; y goes from 1 to 3: give y - 1",
    ),
    "two classes from 1": (
        WINE,
        {
            "network": partial(steepest.mlp, sizes=(13, 1)),
            "data": labelled((Y > 0) + 1),
            "loss": losses.sigmoid_cross_entropy,
        },
        "labels 0 and 1; y goes from 1 to 2: give y - 1",
    ),
    "two classes, signed": (
        WINE,
        {
            "network": partial(steepest.mlp, sizes=(13, 1)),
            "data": labelled(2 * (Y > 0) - 1),
            "loss": losses.sigmoid_cross_entropy,
        },
        r"give \(y \+ 1\) / 2",
    ),
    "three logits for one": (WINE, {"loss": losses.sigmoid_cross_entropy}, "takes one logit a sample"),
    "a target too few": (
        DIABETES,
        {"network": partial(steepest.mlp, sizes=(10, 2))},
        r"compares outputs \[n, 2\] with y \[n\]",
    ),
    "an F1 of labels from 1": (
        WINE,
        {"loss": lambda o, y: o[:, 0] ** 2, "metrics": {"f1": metrics.f1}, "data": labelled(Y + 1)},
        "f1 takes class numbers",
    ),
    # data
    "inputs that are missing": (WINE, {"data": labelled(Y, np.where(X > 1500, np.nan, X))}, "x, row .* is nan"),
    "targets that are missing": (
        DIABETES,
        {"data": labelled(np.where(DY > 300, np.inf, DY), DX)},
        "y, row .* is inf",
    ),
    "an empty split": (
        WINE,
        {"data": lambda: Splits(Split(X, Y), Split(X, Y), Split(X[:0], Y[:0]))},
        "the test split of 'wine' is empty",
    ),
    "no splits": (WINE, {"data": lambda: (X, Y)}, "makes a tuple; it must make steepest.Splits"),
    "data that raise": (WINE, {"data": lambda: np.load("nowhere.npy")}, "data of 'wine' raised FileNotFoundError"),
    "text in a split": (
        WINE,
        {"data": lambda: Splits(*[Split(X, np.array(["a"] * 178))] * 3)},
        "y holds text, 'a'; steepest.split",
    ),
    "splits of other shapes": (
        WINE,
        {"data": lambda: Splits(Split(X, Y), Split(X[:, :3], Y), Split(X, Y))},
        r"x of a sample is \[3\] in the validation split but \[13\]",
    ),
    "continuous targets": (DIABETES, {"data": lambda: stratified(DX, DY)}, "no classes, 214 values .*stratify=False"),
    # the workload itself
    "no metrics": (WINE, {"metrics": {}}, "needs a metric"),
    "metrics without names": (WINE, {"metrics": [metrics.accuracy]}, "needs a metric"),
    "a metric called loss": (WINE, {"metrics": {"loss": metrics.accuracy}}, "loss is always measured"),
    "a metric that is a text": (
        WINE,
        {"metrics": {"accuracy": "acuracy"}},
        r"metric 'accuracy' .* must be a function.* got 'acuracy'",
    ),
    "whole without a function": (
        WINE,
        {"metrics": {"a": metrics.whole}},
        r"metric 'a' .*: whole takes a function, whole\(f\)",
    ),
    "a metric that is no function": (WINE, {"metrics": {"accuracy": "accuracy"}}, "must be a function"),
    "data that are no function": (WINE, {"data": (X, Y)}, "data of workload 'wine' is a function"),
    "a target of nothing": (WINE, {"target": steepest.Target("acuracy", 0.9)}, "did you mean 'accuracy'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong(case, tmp_path):
    workload, changes, match = WRONG[case]
    with pytest.raises(BadValue if "target of nothing" not in case else steepest.UnknownName, match=match) as error:
        steepest.race(steepest.workload(workload, **changes), "adam", seeds=1, out=tmp_path / "race")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300
    assert not (tmp_path / "race").exists()


def test_text_labels_keep_their_names():
    names = np.array(["red", "rosé", "white"])
    assert steepest.split(X, names[Y]).classes == tuple(names)


def test_more_or_less_is_declared():
    raced = race(DIABETES)
    assert raced.spec.facts["higher"] == {"rmse": False, "r2": True}
