"""Which of `tf.compat.v1.train`'s optimizers is exactly a given rule, and what is in the way where none is."""

from __future__ import annotations

from collections.abc import Callable

from ..pieces import class_name
from ..rendering import Call, call
from ..rule import Rule

__all__ = ["builtin"]


def builtin(rule: Rule) -> Call | str:
    """The optimizer of tf.compat.v1.train that is exactly `rule`, or why there is none."""
    if rule.name not in BUILTINS:
        return f"tf.compat.v1.train has no {class_name(rule.name)}"
    made = BUILTINS[rule.name](rule)
    return f"{made.name} has no weight decay" if not isinstance(made, str) and rule.decay else made


def _make(name: str, **numbers: object) -> Call:
    """Its numbers as np.float64: a Python float would become float32 even for float64 variables."""
    exact = {k: f"np.float64({v!r})" if isinstance(v, float) else v for k, v in numbers.items()}
    return call(f"tf.compat.v1.train.{name}Optimizer", "learning_rate", **exact)


def _sgd(rule: Rule) -> Call | str:
    return _make("GradientDescent")


def _momentum(rule: Rule) -> Call | str:
    name = "tf.compat.v1.train.MomentumOptimizer"
    if rule.form == "velocity":
        return f"{name} multiplies its sum by the rate of the step; here each gradient keeps its own"
    if rule.form == "dampened":
        return f"{name} has no dampening"
    return _make("Momentum", momentum=rule["beta"], use_nesterov=rule.name == "nesterov")


def _adagrad(rule: Rule) -> Call | str:
    if rule["epsilon"] or rule["lr_decay"] or not rule["initial_accumulator"]:
        return "tf.compat.v1.train.AdagradOptimizer has no epsilon or lr_decay, and refuses to start from 0"
    return _make("Adagrad", initial_accumulator_value=rule["initial_accumulator"])


def _adadelta(rule: Rule) -> Call | str:
    return _make("Adadelta", rho=rule["beta"], epsilon=rule["epsilon"])


def _rmsprop(rule: Rule) -> Call | str:
    name = "tf.compat.v1.train.RMSPropOptimizer"
    if rule.form == "outside":
        return f"{name} adds epsilon inside the root; here it is added to the root"
    if rule["initial_scale"] != 1:
        return f"{name} starts its average of squares at 1; here it starts at {rule['initial_scale']!r}"
    if rule["bias_correction"] or rule["nesterov"] or rule["rate_inside"] is False:
        return f"{name} has the rate inside its momentum, no bias correction and no Nesterov's momentum"
    return _make(
        "RMSProp",
        decay=rule["beta"],
        momentum=rule["momentum"],
        epsilon=rule["epsilon"],
        centered=bool(rule["centered"]),
    )


def _adam(rule: Rule) -> Call | str:
    name = "tf.compat.v1.train.AdamOptimizer"
    if rule.form != "hat" and rule["epsilon"]:
        return f"{name} adds epsilon to the uncorrected root; here it is added to the corrected one"
    if rule["amsgrad"] or rule["eps_root"]:
        return f"{name} has no AMSGrad and no epsilon inside the root"
    return _make("Adam", beta1=rule["beta1"], beta2=rule["beta2"], epsilon=rule["epsilon"])


BUILTINS: dict[str, Callable[[Rule], Call | str]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _momentum,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
