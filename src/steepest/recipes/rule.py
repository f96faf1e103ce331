"""A run's update rule without its dialect's clothes: what is the same rule gets the same `Rule`.

Exact identities are applied here, once, for all target libraries:

- a momentum of beta = 0 is plain descent, on which L2 and decoupled weight decay agree;
- an average of gradients is (1 - beta) times their sum, under every schedule, so the textbook's momentum is the
  libraries' at the rate times 1 - beta (`gain`);
- a rate inside a momentum can be taken outside while it is constant;
- epsilon = 0 is neither inside nor outside a root; a weight decay of 0 is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["Rule", "canonical"]

TRAINING = ("batch_size", "schedule", "init", "init_scale", "l1", "l2", "keep_prob")
DECOUPLED = ("lion",)  # whatever the dialect; AdamW too, which becomes Adam here


@dataclass(frozen=True)
class Rule:
    """One update rule.

    name      the optimizer whose formula it is
    form      which of its formulas; see `formulas`
    h         its numbers and switches, the learning rate apart
    decay     what weight decay is: "" none, "l2" a term of the gradient, "decoupled"
    constant  whether the learning rate never changes
    gain      what the rate is multiplied by when `form` is "sum" in place of "average"
    """

    name: str
    form: str = ""
    h: Mapping[str, Any] = field(default_factory=dict)
    decay: str = ""
    constant: bool = True
    gain: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.h.get(name, 0.0)

    @property
    def averaged(self) -> Rule:
        """The rule as the textbook writes it, for a library whose momentum cannot take the `gain`."""
        return replace(self, form="average", gain="") if self.gain else self


def own_numbers(hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a run's hyper-parameters that belong to its optimizer, the rate apart."""
    return {
        k: v
        for k, v in hyperparameters.items()
        if k not in (*TRAINING, "learning_rate", "dialect") and not k.startswith("schedule.")
    }


def canonical(optimizer: str, hyperparameters: Mapping[str, Any], constant: bool) -> Rule:
    """The rule of `optimizer` with these `hyperparameters` (all of them, defaults included)."""
    h, dialect = own_numbers(hyperparameters), str(hyperparameters.get("dialect", "textbook"))
    decoupled = dialect == "keras" or optimizer in DECOUPLED or bool(h.pop("decoupled_weight_decay", False))
    decay = "" if not h.get("weight_decay") else "decoupled" if decoupled else "l2"
    rule = Rule(optimizer, dialect, h, decay, constant)
    return _RULES.get(optimizer, _as_is)(rule, dialect)


def _as_is(rule: Rule, dialect: str) -> Rule:
    return rule


def _sgd(rule: Rule, dialect: str) -> Rule:
    return replace(rule, form="", decay="l2" if rule.decay else "")


def _momentum(rule: Rule, dialect: str) -> Rule:
    if not rule["beta"]:
        return _sgd(replace(rule, name="sgd"), dialect)
    if rule["dampening"]:
        return replace(rule, form="dampened")
    if dialect == "keras" and not rule.constant:
        return replace(rule, form="velocity")
    return replace(rule, form="sum", gain=f"(1 - {rule['beta']!r})" if dialect == "textbook" else "")


def _adagrad(rule: Rule, dialect: str) -> Rule:
    outside = dialect in ("torch", "tf1") and rule["epsilon"]
    return replace(rule, form="outside" if outside else "inside")


def _rmsprop(rule: Rule, dialect: str) -> Rule:
    h = {"initial_scale": 1.0 if dialect == "tf1" else 0.0, **rule.h}
    outside = dialect == "torch" or not h.get("eps_in_sqrt", True)
    if h.get("momentum"):  # where the rate is does not matter while it is constant
        h["rate_inside"] = None if rule.constant else dialect != "torch"
    return replace(rule, form="outside" if outside and h["epsilon"] else "inside", h=h)


def _adam(rule: Rule, dialect: str) -> Rule:
    decay = "decoupled" if rule.decay and rule.name == "adamw" else rule.decay
    form = "hat" if dialect in ("keras", "tf1") and rule["epsilon"] else "paper"
    h = {**rule.h, "amsgrad": ("corrected" if dialect == "optax" else "plain") if rule["amsgrad"] else ""}
    return replace(rule, name="adam", form=form, h=h, decay=decay)


def _nadam(rule: Rule, dialect: str) -> Rule:
    if dialect not in ("torch", "keras"):
        return replace(rule, form="dozat")
    return replace(rule, form="warmed", h={"momentum_decay": 1.0, **rule.h})


def _radam(rule: Rule, dialect: str) -> Rule:
    h = {"threshold": 5.0 if dialect == "torch" else 4.0, **rule.h}
    return replace(rule, form="hat" if dialect == "torch" else "paper", h=h)


def _adamax(rule: Rule, dialect: str) -> Rule:
    return replace(rule, form="after" if dialect == "keras" and rule["epsilon"] else "within")


def _lamb(rule: Rule, dialect: str) -> Rule:
    return replace(rule, form="", decay=rule.decay and ("decoupled" if dialect == "keras" else "inside"))


def _muon(rule: Rule, dialect: str) -> Rule:
    return replace(rule, decay="")  # its two decays are in the formula


def _schedule_free(rule: Rule, dialect: str) -> Rule:
    h = {"base": "adamw", **rule.h}
    decay = "decoupled" if rule.decay and dialect == "keras" else rule.decay and "inside"
    return replace(rule, form="keras" if dialect == "keras" else "paper", h=h, decay=decay)


_RULES = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _momentum,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": _adam,
    "nadam": _nadam,
    "radam": _radam,
    "adamax": _adamax,
    "lamb": _lamb,
    "muon": _muon,
    "schedule_free": _schedule_free,
}
