"""The libraries themselves: `peer(optimizer, setting, numbers, start) -> step`, `step(gradients) -> params`.

`setting` holds what is set apart from the defaults, which the library is left to know; `numbers` every
argument resolved, for those that the library requires or that are ours by name (`forced`). The traps that a
float64 replay has to avoid are told where they are avoided.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import keras
import numpy as np
import optax
import tensorflow as tf
import torch

from .cases import FALLING, falling
from .problems import Params

__all__ = ["PEERS", "versions"]

Step = Callable[[Params], Params]
Setting = Mapping[str, Any]

torch.set_default_dtype(torch.float64)  # or NAdam keeps its product of mu in float32
keras.config.set_floatx("float64")
# keras.ops.norm, which Muon calls, casts float64 to float32, and leaves Muon 1e-8 .. 1e-7 off in float64.
keras.src.backend.linalg.norm = jax.numpy.linalg.norm


def versions() -> dict[str, str]:
    modules = (("torch", torch), ("tensorflow", tf), ("keras", keras), ("optax", optax), ("jax", jax))
    return {name: str(module.__version__) for name, module in modules}


def _named(setting: Setting, numbers: Setting, names: Mapping[str, str], forced: Sequence[str] = ()) -> dict[str, Any]:
    """The keyword arguments of the library, by its own `names`."""
    chosen = {**{name: numbers[name] for name in forced}, **setting}
    return {names.get(name, name): value for name, value in chosen.items() if name not in (FALLING, "base")}


# ---- PyTorch ----

_TORCH_CLASS = {
    "sgd": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "nadam": "NAdam",
    "radam": "RAdam",
    "adamax": "Adamax",
}


def _torch(optimizer: str, setting: Setting, numbers: Setting, start: Params) -> Step:
    of_sgd = optimizer in ("momentum", "nesterov")
    beta = {"momentum": "momentum", "nesterov": "momentum", "adadelta": "rho"}.get(optimizer, "alpha")
    names = {
        "learning_rate": "lr",
        "epsilon": "eps",
        "initial_accumulator": "initial_accumulator_value",
        "beta": beta,
    }
    arguments = _named(setting, numbers, names, ("beta",) if of_sgd else ())
    if "beta1" in numbers:
        arguments.pop("beta1", None), arguments.pop("beta2", None)
        if "beta1" in setting or "beta2" in setting:
            arguments["betas"] = (numbers["beta1"], numbers["beta2"])
    if optimizer == "nesterov":
        arguments["nesterov"] = True
    params = [torch.nn.Parameter(torch.from_numpy(w.copy())) for w in start]
    peer = getattr(torch.optim, _TORCH_CLASS[optimizer])(params, **arguments)
    count = 0

    def step(gradients: Params) -> Params:
        nonlocal count
        for group in peer.param_groups:
            group["lr"] = falling(numbers["learning_rate"], count) if FALLING in setting else group["lr"]
        for w, g in zip(params, gradients, strict=True):
            w.grad = torch.from_numpy(g.copy())
        peer.step()
        count += 1
        return [w.detach().numpy().copy() for w in params]

    return step


# ---- Keras, on its JAX backend: the one that is exact in float64 ----

_KERAS_CLASS = {
    "sgd": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "nadam": "Nadam",
    "adamax": "Adamax",
    "lion": "Lion",
    "lamb": "Lamb",
    "muon": "Muon",
    "schedule_free": "ScheduleFreeAdamW",
}


class _Falling(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, rate: float) -> None:
        self.rate = rate

    def __call__(self, step: Any) -> Any:
        return falling(self.rate, keras.ops.cast(step, "float64"))


def _keras(optimizer: str, setting: Setting, numbers: Setting, start: Params) -> Step:
    muon = optimizer == "muon"
    names = {
        "initial_accumulator": "initial_accumulator_value",
        "beta1": "adam_beta_1" if muon else "beta_1",
        "beta2": "adam_beta_2" if muon else "beta_2",
        "beta": "rho" if optimizer in ("rmsprop", "adadelta") else "momentum",
    }
    arguments = _named(setting, numbers, names, ("beta",) if optimizer in ("momentum", "nesterov") else ())
    if optimizer == "nesterov":
        arguments["nesterov"] = True
    if FALLING in setting:
        arguments["learning_rate"] = _Falling(numbers["learning_rate"])
    peer = getattr(keras.optimizers, _KERAS_CLASS[optimizer])(**arguments)
    variables = [keras.Variable(w, dtype="float64") for w in start]
    peer.build(variables)
    apply = jax.jit(peer.stateless_apply)
    held: Any = [v.value for v in peer.variables]
    params: Any = [v.value for v in variables]

    def step(gradients: Params) -> Params:
        nonlocal held, params
        params, held = apply(held, [jax.numpy.asarray(g) for g in gradients], params)
        return [np.asarray(w) for w in params]

    return step


# ---- tf.compat.v1.train ----

_TF1_CLASS = {
    "sgd": "GradientDescentOptimizer",
    "momentum": "MomentumOptimizer",
    "nesterov": "MomentumOptimizer",
    "adagrad": "AdagradOptimizer",
    "adadelta": "AdadeltaOptimizer",
    "rmsprop": "RMSPropOptimizer",
    "adam": "AdamOptimizer",
}


def _tf1(optimizer: str, setting: Setting, numbers: Setting, start: Params) -> Step:
    beta = {"rmsprop": "decay", "adadelta": "rho"}.get(optimizer, "momentum")
    names = {"initial_accumulator": "initial_accumulator_value", "beta": beta}
    # Every number is passed, as np.float64: the library makes Python floats, its own defaults too, float32.
    # So that our defaults are its own is read off its signature.
    make = getattr(tf.compat.v1.train, _TF1_CLASS[optimizer])
    own = {name: parameter.default for name, parameter in inspect.signature(make).parameters.items()}
    for name in set(numbers) - set(setting):
        default = own[names.get(name, name)]
        if default is not inspect.Parameter.empty and default != numbers[name]:
            raise AssertionError(f"{optimizer}: tf1's {name} is {default}, ours {numbers[name]}")
    given = _named(setting, numbers, names, tuple(numbers))
    arguments = {k: np.float64(v) if isinstance(v, float) else v for k, v in given.items()}
    if optimizer == "nesterov":
        arguments["use_nesterov"] = True
    count = 0
    if FALLING in setting:
        arguments["learning_rate"] = lambda: np.float64(falling(numbers["learning_rate"], count))
    peer = make(**arguments)
    params = [tf.Variable(w) for w in start]

    def step(gradients: Params) -> Params:
        nonlocal count
        peer.apply_gradients([(tf.constant(g), w) for g, w in zip(gradients, params, strict=True)])
        count += 1
        return [w.numpy() for w in params]

    return step


# ---- Optax ----


def _optax_class(optimizer: str, setting: Setting) -> Callable[..., Any]:
    if optimizer in ("momentum", "nesterov"):
        return optax.sgd
    if optimizer == "adam" and setting.get("amsgrad"):
        return optax.amsgrad
    if optimizer == "muon":
        return optax.contrib.muon
    if optimizer == "schedule_free":
        sgd = setting.get("base") == "sgd"
        return optax.contrib.schedule_free_sgd if sgd else optax.contrib.schedule_free_adamw
    return getattr(optax, optimizer)


def _optax(optimizer: str, setting: Setting, numbers: Setting, start: Params) -> Step:
    muon = optimizer == "muon"
    names = {
        "epsilon": "eps",
        "initial_accumulator": "initial_accumulator_value",
        "beta1": "adam_b1" if muon else "b1",
        "beta2": "adam_b2" if muon else "b2",
        "beta": {"momentum": "momentum", "nesterov": "momentum", "rmsprop": "decay", "adadelta": "rho"}.get(
            optimizer, "beta"
        ),
    }
    forced = ["learning_rate"] if optimizer != "schedule_free" else []
    forced += ["beta"] if optimizer in ("momentum", "nesterov") else []
    arguments = _named(setting, numbers, names, forced)
    arguments.pop("amsgrad", None)
    if muon:
        ratio = arguments.pop("adam_lr_ratio", None)
        if ratio is not None:
            arguments["adam_learning_rate"] = ratio * numbers["learning_rate"]
    if optimizer == "nesterov":
        arguments["nesterov"] = True
    if FALLING in setting:
        arguments["learning_rate"] = lambda count: falling(numbers["learning_rate"], count)
    peer = _optax_class(optimizer, setting)(**arguments)
    params: Any = [jax.numpy.asarray(w) for w in start]
    state = peer.init(params)

    @jax.jit
    def advance(gradients: Any, state: Any, params: Any) -> Any:
        updates, state = peer.update(gradients, state, params)
        return optax.apply_updates(params, updates), state

    def step(gradients: Params) -> Params:
        nonlocal params, state
        params, state = advance([jax.numpy.asarray(g) for g in gradients], state, params)
        return [np.asarray(w) for w in params]

    return step


PEERS: dict[str, Callable[[str, Setting, Setting, Params], Step]] = {
    "torch": _torch,
    "keras": _keras,
    "tf1": _tf1,
    "optax": _optax,
}
