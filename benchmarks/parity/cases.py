"""The settings that are replayed: at least eight of every optimiser, in our argument names.

An empty setting takes the defaults on both sides, so it also checks that ours are the library's. A dialect
drops the arguments it lacks, and what then says the same twice. `FALLING` makes the rate fall with the
steps, which tells a rate inside a momentum from one outside it. Large epsilons tell the dialects apart,
which the defaults do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["FALLING", "SETTINGS", "falling", "settings_of", "telling"]

FALLING = "falling"


def falling(rate: float, count: Any) -> Any:
    """The rate after `count` steps: rate / (1 + count/100)."""
    return rate / (1 + 0.01 * count)


def _s(rate: float | None = None, **rest: Any) -> dict[str, Any]:
    return rest if rate is None else {"learning_rate": rate, **rest}


_ADAMS = [
    _s(),
    _s(0.01),
    _s(0.02, epsilon=1e-3),
    _s(0.02, epsilon=0.1),
    _s(0.01, beta1=0.5, beta2=0.99),
    _s(0.01, beta1=0.95, beta2=0.9, epsilon=1e-3),
    _s(0.005, beta1=0.0, epsilon=0.1),
    _s(0.02, epsilon=1e-3, falling=True),
    _s(0.01, weight_decay=0.1, epsilon=1e-3),
    _s(0.02, weight_decay=0.01, epsilon=0.1, falling=True),
    _s(0.01, eps_root=1e-3, epsilon=1e-3),
]

SETTINGS: dict[str, list[dict[str, Any]]] = {
    "sgd": [
        _s(),
        *(_s(rate) for rate in (1e-4, 1e-3, 5e-3, 0.02, 0.05, 0.1)),
        _s(0.05, falling=True),
        _s(0.05, weight_decay=0.1),
        _s(0.02, weight_decay=0.01, falling=True),
    ],
    "momentum": [
        _s(),
        _s(0.01),
        _s(0.01, beta=0.0),
        _s(0.05, beta=0.5),
        _s(0.02, beta=0.9),
        _s(0.005, beta=0.98),
        _s(0.001, beta=0.99),
        _s(0.02, beta=0.9, falling=True),
        _s(0.02, beta=0.9, dampening=0.5),
        _s(0.02, beta=0.0, dampening=0.5),
        _s(0.02, beta=0.8, weight_decay=0.1),
        _s(0.02, beta=0.8, weight_decay=0.1, dampening=0.2, falling=True),
    ],
    "nesterov": [
        _s(),
        _s(0.01),
        _s(0.01, beta=0.3),
        _s(0.05, beta=0.5),
        _s(0.02, beta=0.9),
        _s(0.005, beta=0.98),
        _s(0.001, beta=0.99),
        _s(0.02, beta=0.9, falling=True),
        _s(0.02, beta=0.8, weight_decay=0.1),
        _s(0.02, beta=0.8, weight_decay=0.01, falling=True),
    ],
    "adagrad": [
        _s(),
        _s(0.01),
        _s(0.05, initial_accumulator=0.1),
        _s(0.1, initial_accumulator=1e-3),
        _s(0.1, epsilon=1e-3, initial_accumulator=0.01),
        _s(0.2, epsilon=0.1, initial_accumulator=0.5),
        _s(0.1, falling=True),
        _s(0.3, initial_accumulator=1.0),
        _s(0.02, initial_accumulator=0.3, falling=True),
        _s(0.1, weight_decay=0.1, epsilon=1e-3),
        _s(0.1, lr_decay=0.02, epsilon=1e-3),
    ],
    "adadelta": [
        _s(),
        _s(1.0),
        _s(0.1, beta=0.9, epsilon=1e-3),
        _s(0.3, beta=0.98, epsilon=0.01),
        _s(0.5, beta=0.95, epsilon=1e-3),
        _s(0.1, beta=0.99, epsilon=0.1),
        _s(1.0, beta=0.5, epsilon=1e-4),
        _s(0.2, beta=0.8, epsilon=0.1),
        _s(0.2, beta=0.9, epsilon=1e-3, falling=True),
        _s(0.1, beta=0.9, epsilon=1e-3, weight_decay=0.1),
        _s(0.5, beta=0.9, epsilon=1e-4, weight_decay=0.01, falling=True),
    ],
    "rmsprop": [
        _s(),
        _s(1e-3),
        _s(2e-3, beta=0.99),
        _s(5e-3, epsilon=1e-3),
        _s(0.01, epsilon=0.1),
        _s(2e-3, beta=0.95, epsilon=1e-3, momentum=0.5),
        _s(1e-3, beta=0.9, epsilon=1e-3, momentum=0.9),
        _s(1e-3, beta=0.9, epsilon=1e-3, momentum=0.9, falling=True),
        _s(1e-3, beta=0.9, epsilon=0.1, centered=True),
        _s(1e-3, beta=0.95, epsilon=1e-2, centered=True, momentum=0.8, falling=True),
        _s(2e-3, epsilon=1e-3, weight_decay=0.1),
        _s(2e-3, epsilon=0.1, weight_decay=0.01, momentum=0.5, falling=True),
        _s(2e-3, epsilon=1e-3, eps_in_sqrt=False),
        _s(1e-3, epsilon=0.1, eps_in_sqrt=False, centered=True),
        _s(1e-3, epsilon=1e-3, momentum=0.9, nesterov=True, falling=True),
        _s(1e-3, epsilon=1e-3, initial_scale=1.0),
        _s(1e-3, epsilon=1e-3, bias_correction=True),
        _s(1e-3, epsilon=0.1, bias_correction=True, centered=True),
    ],
    "adam": [*_ADAMS, _s(0.01, amsgrad=True, epsilon=1e-3), _s(0.02, amsgrad=True, epsilon=0.1, beta2=0.9)],
    "adamw": [
        *_ADAMS,
        _s(0.01, amsgrad=True, epsilon=1e-3),
        _s(0.02, amsgrad=True, epsilon=0.1, beta2=0.9, weight_decay=0.1),
    ],
    "nadam": [
        *_ADAMS,
        _s(0.01, epsilon=1e-3, momentum_decay=0.05),
        _s(0.01, epsilon=1e-3, weight_decay=0.1, decoupled_weight_decay=True),
    ],
    "radam": [
        *_ADAMS,
        _s(0.01, beta2=0.6, epsilon=1e-3),
        _s(0.01, epsilon=1e-3, weight_decay=0.1, decoupled_weight_decay=True),
        _s(0.01, epsilon=1e-3, threshold=8.0),
        _s(0.01, epsilon=1e-3, nesterov=True),
    ],
    "adamax": _ADAMS,
    "lion": [
        _s(),
        _s(1e-3),
        _s(3e-3, beta1=0.5),
        _s(1e-3, beta1=0.95, beta2=0.98),
        _s(2e-3, beta1=0.9, beta2=0.9),
        _s(5e-4, beta1=0.8, beta2=0.999),
        _s(3e-3, falling=True),
        _s(1e-3, weight_decay=0.1),
        _s(2e-3, weight_decay=1.0, falling=True),
    ],
    "lamb": _ADAMS,
    "muon": [
        _s(),
        _s(0.01),
        _s(0.005, beta=0.9),
        _s(0.01, nesterov=False),
        _s(0.005, ns_steps=3),
        _s(0.01, epsilon=1e-3, beta1=0.8, beta2=0.99),
        _s(0.01, weight_decay=0.1, adam_weight_decay=0.05, epsilon=1e-3),
        _s(0.01, adam_lr_ratio=0.3, adam_weight_decay=0.05, epsilon=1e-3),
        _s(0.02, beta=0.8, epsilon=0.1, falling=True),
        _s(0.01, rms_rate=0.5, nesterov=False),
        _s(0.01, adam_eps_root=1e-3),
    ],
    "schedule_free": [
        _s(),
        _s(0.01),
        _s(0.02, epsilon=1e-3),
        _s(0.02, epsilon=0.1),
        _s(0.01, beta1=0.5, beta2=0.99),
        _s(0.01, beta1=0.98, beta2=0.9, epsilon=1e-3),
        _s(0.01, weight_decay=0.1, epsilon=1e-3),
        _s(0.02, weight_decay=0.01, epsilon=0.1),
        _s(0.01, weight_lr_power=0.0, epsilon=1e-3),
        _s(0.05, base="sgd"),
        _s(0.05, base="sgd", beta1=0.7, weight_decay=0.1),
    ],
}


def settings_of(optimizer: str, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The settings of `optimizer` that a dialect with these arguments has, each once."""
    kept: list[dict[str, Any]] = []
    for setting in SETTINGS[optimizer]:
        had = {name: value for name, value in setting.items() if name in arguments or name == FALLING}
        if had not in kept:
            kept.append(had)
    return kept


def telling(settings: list[dict[str, Any]]) -> dict[str, Any]:
    """The one setting of a quick replay: the first of a large epsilon, else the second."""
    return next((one for one in settings if one.get("epsilon", 0) >= 1e-3), settings[1])
