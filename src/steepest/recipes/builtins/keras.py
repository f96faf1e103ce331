"""Which of Keras's optimizers is exactly a given rule, and what is in the way where none is."""

from __future__ import annotations

from collections.abc import Callable

from ..pieces import class_name
from ..rendering import Call, call
from ..rule import Rule

__all__ = ["builtin"]


def builtin(rule: Rule) -> Call | str:
    """The optimizer of keras.optimizers that is exactly `rule`, or why there is none."""
    if rule.name not in BUILTINS:
        return f"keras.optimizers has no {class_name(rule.name)}"
    made = BUILTINS[rule.name](rule)
    if not isinstance(made, str) and rule.decay in ("l2", "inside") and rule.name != "sgd":
        return f"{made.name} decouples weight decay from the gradient; here it is part of it"
    return made


def _make(name: str, rule: Rule, **keywords: object) -> Call:
    decay = rule["weight_decay"] if rule.decay else None
    return call(f"keras.optimizers.{name}", learning_rate="learning_rate", **keywords, weight_decay=decay)


def _adams(name: str, rule: Rule, **keywords: object) -> Call:
    return _make(name, rule, beta_1=rule["beta1"], beta_2=rule["beta2"], epsilon=rule["epsilon"], **keywords)


def _sgd(rule: Rule) -> Call | str:
    if rule.form == "dampened":
        return "keras.optimizers.SGD has no dampening"
    if rule.form == "sum" and not rule.constant:
        return "keras.optimizers.SGD keeps each gradient's own rate in its momentum; here the rate is the step's"
    beta = rule["beta"] if rule.name != "sgd" else 0.0
    return _make("SGD", rule, momentum=beta, nesterov=rule.name == "nesterov")


def _adagrad(rule: Rule) -> Call | str:
    if rule.form == "outside":
        return "keras.optimizers.Adagrad adds epsilon inside the root; here it is added to the root"
    if rule["lr_decay"]:
        return "keras.optimizers.Adagrad has no lr_decay"
    return _make("Adagrad", rule, initial_accumulator_value=rule["initial_accumulator"], epsilon=rule["epsilon"])


def _adadelta(rule: Rule) -> Call | str:
    return _make("Adadelta", rule, rho=rule["beta"], epsilon=rule["epsilon"])


def _rmsprop(rule: Rule) -> Call | str:
    if rule.form == "outside":
        return "keras.optimizers.RMSprop adds epsilon inside the root; here it is added to the root"
    if rule["initial_scale"]:
        return "keras.optimizers.RMSprop starts its average of squares at 0; here it starts at another value"
    if rule["bias_correction"] or rule["nesterov"]:
        return "keras.optimizers.RMSprop has no bias correction or Nesterov's momentum"
    if rule["rate_inside"] is False:
        return "keras.optimizers.RMSprop has the rate inside its momentum; here it is the rate of the step"
    return _make(
        "RMSprop",
        rule,
        rho=rule["beta"],
        momentum=rule["momentum"],
        epsilon=rule["epsilon"],
        centered=bool(rule["centered"]),
    )


def _adam(rule: Rule) -> Call | str:
    if rule.form != "hat" and rule["epsilon"]:
        return "keras.optimizers.Adam adds epsilon to the uncorrected root; here it is added to the corrected one"
    if rule["amsgrad"] == "corrected" or rule["eps_root"]:
        return "keras.optimizers.Adam has no epsilon inside the root, and its AMSGrad is of the uncorrected square"
    return _adams("AdamW" if rule.decay else "Adam", rule, amsgrad=bool(rule["amsgrad"]))


def _nadam(rule: Rule) -> Call | str:
    if rule.form == "dozat" or rule["momentum_decay"] != 1:
        return "keras.optimizers.Nadam warms its momentum up, by 0.96**t; here it is otherwise"
    return _adams("Nadam", rule)


def _adamax(rule: Rule) -> Call | str:
    if rule.form != "after" and rule["epsilon"]:
        return "keras.optimizers.Adamax adds epsilon to the maximum; here it is added to |g|"
    return _adams("Adamax", rule)


def _lion(rule: Rule) -> Call | str:
    if not rule["beta1"]:
        return "keras.optimizers.Lion refuses beta_1 = 0"
    return _make("Lion", rule, beta_1=rule["beta1"], beta_2=rule["beta2"])


def _lamb(rule: Rule) -> Call | str:
    if rule["eps_root"]:
        return "keras.optimizers.Lamb has no epsilon inside the root"
    return _adams("Lamb", rule)


def _muon(rule: Rule) -> Call | str:
    if rule.form != "keras":
        return "keras.optimizers.Muon scales its matrices by rms_rate and by their longer side; here it is otherwise"
    return call(
        "keras.optimizers.Muon",
        learning_rate="learning_rate",
        momentum=rule["beta"],
        nesterov=rule["nesterov"],
        ns_steps=rule["ns_steps"],
        rms_rate=rule["rms_rate"],
        weight_decay=rule["weight_decay"],
        adam_beta_1=rule["beta1"],
        adam_beta_2=rule["beta2"],
        epsilon=rule["epsilon"],
        adam_weight_decay=rule["adam_weight_decay"],
        adam_lr_ratio=rule["adam_lr_ratio"],
    )


def _schedule_free(rule: Rule) -> Call | str:
    return "keras.optimizers.ScheduleFreeAdamW " + (
        "does not give back the average to measure and keep"
        if rule.form == "keras"
        else "averages all steps alike; here they are weighed by their rate"
    )


BUILTINS: dict[str, Callable[[Rule], Call | str]] = {
    "sgd": _sgd,
    "momentum": _sgd,
    "nesterov": _sgd,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "nadam": _nadam,
    "adamax": _adamax,
    "lion": _lion,
    "lamb": _lamb,
    "muon": _muon,
    "schedule_free": _schedule_free,
}
