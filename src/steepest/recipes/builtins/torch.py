"""Which of PyTorch's optimizers is exactly a given rule, and what is in the way where none is."""

from __future__ import annotations

from collections.abc import Callable

from ..pieces import class_name
from ..rendering import Call, call
from ..rule import Rule

__all__ = ["builtin"]


def builtin(rule: Rule) -> Call | str:
    """The optimizer of torch.optim that is exactly `rule`, or why there is none."""
    made = BUILTINS[rule.name](rule) if rule.name in BUILTINS else f"torch.optim has no {class_name(rule.name)}"
    if not isinstance(made, str) and rule.decay == "decoupled" and rule.name not in ("adam", "nadam", "radam"):
        return f"{made.name} adds weight decay to the gradient; here it is decoupled from it"
    return made


def _make(name: str, rule: Rule, **keywords: object) -> Call:
    return call(
        f"torch.optim.{name}",
        "model.parameters()",
        lr="learning_rate",
        **keywords,
        weight_decay=rule["weight_decay"] if rule.decay else 0.0,
    )


def _adams(name: str, rule: Rule, **keywords: object) -> Call:
    return _make(name, rule, betas=(rule["beta1"], rule["beta2"]), eps=rule["epsilon"], **keywords)


def _sgd(rule: Rule) -> Call | str:
    if rule.form == "velocity":
        return "torch.optim.SGD multiplies its sum by the step's rate; here each gradient keeps its own"
    momentum = {"momentum": rule["beta"], "dampening": rule["dampening"]} if rule.name != "sgd" else {"momentum": 0.0}
    return _make("SGD", rule, **momentum, nesterov=rule.name == "nesterov")


def _adagrad(rule: Rule) -> Call | str:
    if rule.form == "inside" and rule["epsilon"]:
        return "torch.optim.Adagrad adds epsilon to the root; here it is inside the root"
    start = rule["initial_accumulator"]
    return _make("Adagrad", rule, lr_decay=rule["lr_decay"], initial_accumulator_value=start, eps=rule["epsilon"])


def _adadelta(rule: Rule) -> Call | str:
    return _make("Adadelta", rule, rho=rule["beta"], eps=rule["epsilon"])


def _rmsprop(rule: Rule) -> Call | str:
    if rule.form == "inside" and rule["epsilon"]:
        return "torch.optim.RMSprop adds epsilon to the root; here it is inside the root"
    if rule["initial_scale"] or rule["bias_correction"] or rule["nesterov"]:
        return "torch.optim.RMSprop has no initial value, bias correction or Nesterov's momentum"
    if rule["momentum"] and rule["rate_inside"]:
        return "torch.optim.RMSprop multiplies its momentum by the rate of the step; here the rate is inside it"
    return _make(
        "RMSprop",
        rule,
        alpha=rule["beta"],
        eps=rule["epsilon"],
        momentum=rule["momentum"],
        centered=bool(rule["centered"]),
    )


def _adam(rule: Rule) -> Call | str:
    if rule.form == "hat":
        return "torch.optim.Adam adds epsilon to the corrected root; here it is added to the uncorrected one"
    if rule["amsgrad"] == "corrected":
        return "torch.optim.Adam's AMSGrad keeps the greatest uncorrected square; here it is the corrected"
    if rule["eps_root"]:
        return "torch.optim.Adam has no epsilon inside the root"
    return _adams("AdamW" if rule.decay == "decoupled" else "Adam", rule, amsgrad=bool(rule["amsgrad"]))


def _nadam(rule: Rule) -> Call | str:
    if rule.form == "dozat":
        return "torch.optim.NAdam warms its momentum up; here beta1 is the same at every step"
    decay = {"momentum_decay": rule["momentum_decay"], "decoupled_weight_decay": rule.decay == "decoupled"}
    return _adams("NAdam", rule, **decay)


def _radam(rule: Rule) -> Call | str:
    if rule.form != "hat":
        return "torch.optim.RAdam rectifies from rho > 5 and adds epsilon to the uncorrected root; here it is otherwise"
    return _adams("RAdam", rule, decoupled_weight_decay=rule.decay == "decoupled")


def _adamax(rule: Rule) -> Call | str:
    if rule.form == "after":
        return "torch.optim.Adamax adds epsilon to |g|; here it is added to the maximum"
    return _adams("Adamax", rule)


BUILTINS: dict[str, Callable[[Rule], Call | str]] = {
    "sgd": _sgd,
    "momentum": _sgd,
    "nesterov": _sgd,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "nadam": _nadam,
    "radam": _radam,
    "adamax": _adamax,
    "muon": lambda _: "torch.optim.Muon takes matrices alone, and iterates in bfloat16",
}
