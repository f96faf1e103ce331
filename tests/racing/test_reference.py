"""A run of the engine against the same training written out in NumPy, float64: gradients by hand, no shared code.

Float32 against float64 over 51 steps: 1e-4 of the largest parameter.
"""

import numpy as np
import pytest

import steepest
from steepest.data import load
from steepest.engine.order import epoch_order

STEPS_PER_EPOCH, EPOCHS, BATCH = 17, 3, 64


def initial() -> dict[str, np.ndarray]:
    return steepest.race("digits-mlp", "sgd", lr=0.0, seeds=[3], epochs=0.05).model(0)


def reference(
    rule: str, rate: float, l2: float = 0.0, decay: float = 0.0, rates: tuple[float, ...] = (1.0,) * EPOCHS
) -> dict[str, np.ndarray]:
    train = load("digits").train
    x_all = train.x.reshape(len(train), -1).astype(float)
    low, high = x_all.min(0), x_all.max(0)
    x_all = train.x.reshape(len(train), -1) / 16.0 if train.x.max() == 16 else (x_all - low) / (high - low)
    p = {k: v.astype(float) for k, v in initial().items()}
    s = {k: np.zeros_like(v) for k, v in p.items()}
    for epoch, factor in enumerate(rates):
        alpha = factor * rate / (1 + decay * epoch)
        for index in epoch_order(3, epoch, len(train), BATCH):
            index = index[index >= 0]
            x, y = x_all[index], train.y[index]
            a = np.maximum(x @ p["layers.0.weight"] + p["layers.0.bias"], 0)
            z = a @ p["layers.1.weight"] + p["layers.1.bias"]
            e = np.exp(z - z.max(1, keepdims=True))
            dz = (e / e.sum(1, keepdims=True) - np.eye(10)[y]) / len(index)
            da = dz @ p["layers.1.weight"].T * (a > 0)
            g = {
                "layers.1.weight": a.T @ dz + l2 * p["layers.1.weight"],
                "layers.1.bias": dz.sum(0),
                "layers.0.weight": x.T @ da + l2 * p["layers.0.weight"],
                "layers.0.bias": da.sum(0),
            }
            for k in p:
                s[k] = 0.9 * s[k] + 0.1 * g[k] if rule == "momentum" else g[k]
                p[k] -= alpha * s[k]
    return p


@pytest.mark.parametrize(
    ("optimizer", "options", "expected"),
    [
        ("sgd", {}, {}),
        ("momentum", {}, {}),
        ("sgd", {"l2": 0.01}, {"l2": 0.01}),
        ("momentum", {"schedule": "inverse_time:decay_rate=0.5"}, {"decay": 0.5}),
    ],
)
def test_the_engine_trains_as_written_out_by_hand(optimizer: str, options: dict, expected: dict) -> None:
    ours = steepest.race("digits-mlp", optimizer, lr=0.5, seeds=[3], epochs=EPOCHS, **options).model(0)
    theirs = reference(optimizer, 0.5, **expected)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert np.abs(ours[name] - theirs[name]).max() < 1e-4 * np.abs(theirs[name]).max(), name


def test_a_plateau_is_watched_every_epoch_and_lowers_the_rate() -> None:
    """With patience 0 and a threshold that nothing meets, every epoch after the first halves the rate."""
    plateau = "reduce_on_plateau:patience=0,factor=0.5,threshold=1"
    watched = steepest.race("digits-mlp", "sgd", lr=0.1, seeds=[3], epochs=4, schedule=plateau).model(0)
    # epoch 1 counts as an improvement on nothing; from the second on the rate of the next epoch is halved
    expected = reference("sgd", 0.1, rates=(1.0, 1.0, 0.5, 0.25))
    for name in watched:
        assert np.abs(watched[name] - expected[name]).max() < 1e-4 * np.abs(expected[name]).max(), name
