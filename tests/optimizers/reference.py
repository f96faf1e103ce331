"""The textbook's optimisers written out in plain NumPy, one tensor at a time, independently of the library.

Each is a generator: it takes numbers by name, and is sent `(g, w, t)`, t from 1, for the next w.
"""

from collections.abc import Callable, Generator
from typing import Any

import numpy as np

Reference = Generator[Any, tuple[np.ndarray, np.ndarray, int], None]


def sgd(learning_rate: float) -> Reference:
    g, w, _t = yield
    while True:
        g, w, _t = yield w - learning_rate * g


def momentum(learning_rate: float, beta: float) -> Reference:
    g, w, _t = yield
    S = np.zeros_like(w)
    while True:
        S = beta * S + (1 - beta) * g
        g, w, _t = yield w - learning_rate * S


def nesterov(learning_rate: float, beta: float) -> Reference:
    g, w, _t = yield
    V = np.zeros_like(w)
    while True:  # the libraries' rule, at the rate times 1 - beta
        V = beta * V + g
        g, w, _t = yield w - learning_rate * (1 - beta) * (g + beta * V)


def adagrad(learning_rate: float, epsilon: float, initial_accumulator: float) -> Reference:
    g, w, _t = yield
    s = np.full_like(w, initial_accumulator)
    while True:
        s = s + g**2
        g, w, _t = yield w - learning_rate * g / np.sqrt(s + epsilon)


def adadelta(learning_rate: float, beta: float, epsilon: float) -> Reference:
    g, w, _t = yield
    s, u = np.zeros_like(w), np.zeros_like(w)
    while True:
        s = beta * s + (1 - beta) * g**2
        d = np.sqrt(u + epsilon) / np.sqrt(s + epsilon) * g
        u = beta * u + (1 - beta) * d**2
        g, w, _t = yield w - learning_rate * d


def rmsprop(learning_rate: float, beta: float, epsilon: float) -> Reference:
    g, w, _t = yield
    s = np.zeros_like(w)
    while True:
        s = beta * s + (1 - beta) * g**2
        g, w, _t = yield w - learning_rate * g / np.sqrt(s + epsilon)


def adam(learning_rate: float, beta1: float, beta2: float, epsilon: float, weight_decay: float = 0.0) -> Reference:
    g, w, t = yield
    v, s = np.zeros_like(w), np.zeros_like(w)
    while True:
        v = beta1 * v + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
        g, w, t = yield w - learning_rate * (v_hat / (np.sqrt(s_hat) + epsilon) + weight_decay * w)


adamw = adam


def nadam(learning_rate: float, beta1: float, beta2: float, epsilon: float) -> Reference:
    g, w, t = yield
    m, s = np.zeros_like(w), np.zeros_like(w)
    while True:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        n = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
        g, w, t = yield w - learning_rate * n / (np.sqrt(s / (1 - beta2**t)) + epsilon)


def radam(learning_rate: float, beta1: float, beta2: float, epsilon: float) -> Reference:
    g, w, t = yield
    m, s = np.zeros_like(w), np.zeros_like(w)
    rho_inf = 2 / (1 - beta2) - 1
    while True:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        rho = rho_inf - 2 * t * beta2**t / (1 - beta2**t)
        d = m / (1 - beta1**t)
        if rho > 4:
            r = np.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))
            d = r * d / (np.sqrt(s / (1 - beta2**t)) + epsilon)
        g, w, t = yield w - learning_rate * d


def adamax(learning_rate: float, beta1: float, beta2: float, epsilon: float) -> Reference:
    g, w, t = yield
    m, u = np.zeros_like(w), np.zeros_like(w)
    while True:
        m = beta1 * m + (1 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g) + epsilon)
        g, w, t = yield w - learning_rate / (1 - beta1**t) * m / u


def lion(learning_rate: float, beta1: float, beta2: float, weight_decay: float) -> Reference:
    g, w, _t = yield
    m = np.zeros_like(w)
    while True:
        d = np.sign(beta1 * m + (1 - beta1) * g) + weight_decay * w
        m = beta2 * m + (1 - beta2) * g
        g, w, _t = yield w - learning_rate * d


def lamb(learning_rate: float, beta1: float, beta2: float, epsilon: float, weight_decay: float) -> Reference:
    g, w, t = yield
    m, s = np.zeros_like(w), np.zeros_like(w)
    while True:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        u = m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon) + weight_decay * w
        long, short = np.linalg.norm(w), np.linalg.norm(u)
        ratio = long / short if long > 0 and short > 0 else 1.0
        g, w, t = yield w - learning_rate * ratio * u


def muon(
    learning_rate: float,
    beta: float,
    nesterov: bool,
    ns_steps: int,
    weight_decay: float,
    beta1: float,
    beta2: float,
    epsilon: float,
    adam_weight_decay: float,
    adam_lr_ratio: float,
) -> Reference:
    g, w, t = yield
    if w.ndim != 2:
        other = adam(learning_rate * adam_lr_ratio, beta1, beta2, epsilon, adam_weight_decay)
        next(other)
        while True:
            g, w, t = yield other.send((g, w, t))
    m = np.zeros_like(w)
    while True:
        m = beta * m + (1 - beta) * g
        X = (1 - beta) * g + beta * m if nesterov else m
        X = X / (np.linalg.norm(X) + 1e-7)
        for _ in range(ns_steps):
            XXX = X @ X.T @ X
            X = 3.4445 * X - 4.7750 * XXX + 2.0315 * X @ X.T @ XXX
        scale = max(1, w.shape[1] / w.shape[0]) ** 0.5  # columns are the outputs
        g, w, t = yield w * (1 - learning_rate * weight_decay) - learning_rate * scale * X


def schedule_free(
    learning_rate: float,
    beta1: float,
    beta2: float,
    epsilon: float,
    weight_decay: float,
    weight_lr_power: float,
    base: str,
) -> Reference:
    """With z, x and y all three kept; the w sent is y."""
    g, y, t = yield
    s, z, x, total = np.zeros_like(y), y.copy(), y.copy(), 0.0
    while True:
        s = beta2 * s + (1 - beta2) * g**2
        u = g / (np.sqrt(s / (1 - beta2**t)) + epsilon) if base == "adamw" else g
        z = z - learning_rate * (u + weight_decay * y)
        total += learning_rate**weight_lr_power
        c = learning_rate**weight_lr_power / total
        x = (1 - c) * x + c * z
        g, y, t = yield (1 - beta1) * z + beta1 * x


def reference(name: str, numbers: dict[str, Any]) -> Callable[[np.ndarray, np.ndarray, int], np.ndarray]:
    """A started reference of that name, as a function `(g, w, t) -> w`."""
    started = globals()[name](**numbers)
    next(started)
    return lambda g, w, t: started.send((g, w, t))
