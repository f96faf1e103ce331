"""Which of Optax's optimizers is exactly a given rule, and what is in the way where none is."""

from __future__ import annotations

from collections.abc import Callable

from ..rendering import Call, call
from ..rule import Rule

__all__ = ["builtin"]

DECAYS = ("adadelta", "lion", "lamb", "muon", "schedule_free")  # whose own argument it is, as here


def builtin(rule: Rule) -> Call | str:
    """The optimizer of Optax that is exactly `rule`, or why there is none; weight decay may be chained to it."""
    if rule.name == "adam" and rule.decay == "decoupled":
        return _adam(rule)
    made = BUILTINS[rule.name](rule)
    if isinstance(made, str) or not rule.decay:
        return made
    decay = rule["weight_decay"]
    if rule.decay == "l2":
        return made if rule.name == "adadelta" else call("optax.chain", f"optax.add_decayed_weights({decay!r})", made)
    if rule.name in ("lion", "muon") or rule.decay == "inside":
        return made
    if not rule.constant:
        return f"{made.name} has no decoupled weight decay"
    if rule.name in ("lamb", "schedule_free"):
        return f"{made.name} adds weight decay to its direction; here the weights shrink first"
    # the rate is a number here, so w (1 - rate decay) is a term of the update
    return call("optax.chain", made, f"optax.add_decayed_weights(-learning_rate * {decay!r})")


def _make(name: str, **keywords: object) -> Call:
    return call(f"optax.{name}", "learning_rate", **keywords)


def _adams(name: str, rule: Rule, **keywords: object) -> Call:
    root = {"eps_root": rule["eps_root"]} if name != "adamax" else {}
    return _make(name, b1=rule["beta1"], b2=rule["beta2"], eps=rule["epsilon"], **root, **keywords)


def _sgd(rule: Rule) -> Call | str:
    if rule.form == "velocity":
        return "optax.sgd multiplies its sum by the step's rate; here each gradient keeps its own"
    if rule.form == "dampened":
        return "optax.sgd has no dampening"
    beta = rule["beta"] if rule.name != "sgd" else None
    return _make("sgd", momentum=beta, nesterov=True if rule.name == "nesterov" else None)


def _adagrad(rule: Rule) -> Call | str:
    if rule.form == "outside":
        return "optax.adagrad adds epsilon inside the root; here it is added to the root"
    if rule["lr_decay"]:
        return "optax.adagrad has no lr_decay"
    return _make("adagrad", initial_accumulator_value=rule["initial_accumulator"], eps=rule["epsilon"])


def _adadelta(rule: Rule) -> Call | str:
    decay = rule["weight_decay"] if rule.decay == "l2" else 0.0
    return _make("adadelta", rho=rule["beta"], eps=rule["epsilon"], weight_decay=decay)


def _rmsprop(rule: Rule) -> Call | str:
    if rule["rate_inside"] is False:
        return "optax.rmsprop has the rate inside its momentum; here it is the rate of the step"
    return _make(
        "rmsprop",
        decay=rule["beta"],
        eps=rule["epsilon"],
        initial_scale=rule["initial_scale"],
        eps_in_sqrt=rule.form == "inside",
        centered=bool(rule["centered"]),
        momentum=rule["momentum"] or None,
        nesterov=bool(rule["nesterov"]),
        bias_correction=bool(rule["bias_correction"]),
    )


def _adam(rule: Rule) -> Call | str:
    if rule.form == "hat":
        return "optax.adam adds epsilon to the corrected root; here it is added to the uncorrected one"
    if rule["amsgrad"] == "plain":
        return "optax.amsgrad keeps the greatest corrected square; here it is the greatest uncorrected one"
    if rule["amsgrad"]:
        return _adams("amsgrad", rule) if rule.decay != "decoupled" else "optax.amsgrad has no decoupled weight decay"
    if rule.decay == "decoupled":
        return _adams("adamw", rule, weight_decay=rule["weight_decay"])
    return _adams("adam", rule)


def _nadam(rule: Rule) -> Call | str:
    if rule.form == "warmed":
        return "optax.nadam has the same beta1 at every step; here the momentum warms up"
    return _adams("nadam", rule)


def _radam(rule: Rule) -> Call | str:
    if rule.form == "hat":
        return "optax.radam adds epsilon to the corrected root; here it is added to the uncorrected one"
    return _adams("radam", rule, threshold=rule["threshold"], nesterov=bool(rule["nesterov"]))


def _adamax(rule: Rule) -> Call | str:
    if rule.form == "after":
        return "optax.adamax adds epsilon to |g|; here it is added to the maximum"
    return _adams("adamax", rule)


def _lion(rule: Rule) -> Call | str:
    return _make("lion", b1=rule["beta1"], b2=rule["beta2"], weight_decay=rule["weight_decay"])


def _lamb(rule: Rule) -> Call | str:
    return _adams("lamb", rule, weight_decay=rule["weight_decay"] if rule.decay == "inside" else 0.0)


def _muon(rule: Rule) -> Call | str:
    ratio = rule["adam_lr_ratio"]
    if rule.form != "optax":
        return "optax.contrib.muon has another momentum, and scales its matrices otherwise"
    if ratio != 1 and not rule.constant:
        return "optax.contrib.muon takes no ratio of two rates under a schedule"
    return _make(
        "contrib.muon",
        ns_steps=rule["ns_steps"],
        beta=rule["beta"],
        eps=rule["epsilon"],
        weight_decay=rule["weight_decay"],
        nesterov=rule["nesterov"],
        adam_b1=rule["beta1"],
        adam_b2=rule["beta2"],
        adam_eps_root=rule["adam_eps_root"],
        adam_weight_decay=rule["adam_weight_decay"],
        adam_learning_rate=None if ratio == 1 else f"{ratio!r} * learning_rate",
    )


def _schedule_free(rule: Rule) -> Call | str:
    if rule.form == "keras":
        return "optax.contrib.schedule_free weighs steps by their rate; here all weigh the same"
    if not rule.constant:
        return "optax.contrib.schedule_free weighs a step by the rate of the next; here by its own"
    shared = {"weight_decay": rule["weight_decay"], "weight_lr_power": rule["weight_lr_power"]}
    if rule["base"] == "sgd":
        return _make("contrib.schedule_free_sgd", b1=rule["beta1"], **shared)
    adam = {"b1": rule["beta1"], "b2": rule["beta2"], "eps": rule["epsilon"]}
    return _make("contrib.schedule_free_adamw", **adam, **shared)


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
    "lion": _lion,
    "lamb": _lamb,
    "muon": _muon,
    "schedule_free": _schedule_free,
}
