"""The settings whose recipes are run: every optimizer in every dialect with all of the dialect's own numbers under a
falling rate, and more where a switch or a constant rate changes the formula.

Epsilons are large, so that where they stand matters; see DIALECTS of each optimizer.
"""

from dataclasses import dataclass, field
from typing import Any

from steepest.optimizers.registry import OPTIMIZERS
from steepest.recipes.subject import Network, Subject

STEPS, BATCH_SIZE, SAMPLES = 30, 8, 48
SHALLOW, DEEP = (5, 3), (5, 7, 3)

PLAIN = {"epsilon": 1e-3, "beta": 0.8, "beta1": 0.8, "beta2": 0.95, "initial_accumulator": 0.1}
LOADED = {
    **PLAIN,
    "weight_decay": 0.1,
    "adam_weight_decay": 0.05,
    "dampening": 0.3,
    "momentum": 0.5,
    "lr_decay": 0.05,
    "eps_root": 1e-3,
    "adam_eps_root": 1e-3,
    "momentum_decay": 0.05,
    "adam_lr_ratio": 0.3,
    "weight_lr_power": 1.5,
}
RATES = {"lion": 3e-3, "muon": 0.01, "adadelta": 1.0, "schedule_free": 0.02, "adagrad": 0.05}
FALLING = {
    "schedule": "inverse_time",
    "schedule.inverse_time.decay_rate": 0.3,
    "schedule.inverse_time.staircase": False,
}

# (optimizer, dialect, numbers and switches, whether the rate falls)
MORE: list[tuple[str, str, dict[str, Any], bool]] = [
    ("sgd", "torch", {"weight_decay": 0.1}, False),
    ("momentum", "textbook", {}, False),
    ("momentum", "textbook", {"beta": 0.0}, True),
    ("momentum", "torch", {}, True),
    ("nesterov", "textbook", {}, False),
    ("adam", "textbook", {}, False),
    ("adam", "tf1", {}, False),
    ("adam", "keras", {}, True),
    ("rmsprop", "textbook", {}, False),
    ("lion", "textbook", {}, False),
    ("lamb", "textbook", {}, False),
    ("schedule_free", "textbook", {}, False),
    ("schedule_free", "keras", {}, False),
    ("momentum", "keras", {"weight_decay": 0.1}, False),
    ("nesterov", "torch", {"beta": 0.0, "weight_decay": 0.1}, True),
    ("nesterov", "keras", {"weight_decay": 0.1}, False),
    ("momentum", "torch", {"dampening": 0.3}, False),
    ("adagrad", "torch", {"weight_decay": 0.1, "initial_accumulator": 0.0}, False),
    ("adagrad", "textbook", {"initial_accumulator": 0.0}, True),
    ("adadelta", "keras", {"weight_decay": 0.1}, False),
    ("rmsprop", "torch", {"momentum": 0.5, "centered": True}, False),
    ("rmsprop", "torch", {"centered": True}, True),
    ("rmsprop", "tf1", {"momentum": 0.5, "centered": True, "epsilon": 0.1}, True),
    ("rmsprop", "keras", {"momentum": 0.5, "centered": True, "epsilon": 0.1}, True),
    ("rmsprop", "optax", {"momentum": 0.5, "nesterov": True}, True),
    ("rmsprop", "optax", {"eps_in_sqrt": False, "initial_scale": 0.5}, True),
    ("rmsprop", "optax", {"bias_correction": True, "centered": True, "epsilon": 0.1}, True),
    ("adam", "torch", {"amsgrad": True, "weight_decay": 0.1}, True),
    ("adam", "keras", {"amsgrad": True, "weight_decay": 0.1}, True),
    ("adam", "optax", {"amsgrad": True, "eps_root": 1e-3}, True),
    ("adamw", "torch", {"amsgrad": True, "weight_decay": 0.1}, False),
    ("nadam", "torch", {"weight_decay": 0.1, "decoupled_weight_decay": True}, True),
    ("nadam", "torch", {"momentum_decay": 1.0}, False),
    ("radam", "torch", {"weight_decay": 0.1, "decoupled_weight_decay": True}, False),
    ("radam", "optax", {"threshold": 6.0, "nesterov": True}, True),
    ("radam", "textbook", {"beta2": 0.5}, False),  # never rectified
    ("lion", "optax", {"beta1": 0.0}, False),
    ("lamb", "keras", {"weight_decay": 0.1}, False),
    ("lamb", "keras", {"weight_decay": 0.0}, True),
    ("muon", "textbook", {"nesterov": False, "weight_decay": 0.1}, False),
    ("muon", "keras", {"nesterov": False, "ns_steps": 3}, False),
    ("muon", "optax", {"nesterov": False, "adam_lr_ratio": 1.0}, True),
    ("muon", "optax", {"adam_lr_ratio": 0.3, "adam_weight_decay": 0.05}, False),
    ("schedule_free", "textbook", {"base": "sgd"}, False),
    ("schedule_free", "optax", {"base": "sgd", "weight_decay": 0.1}, True),
    ("schedule_free", "optax", {"weight_decay": 0.1}, False),
]


@dataclass(frozen=True)
class Case:
    optimizer: str
    dialect: str
    own: dict[str, Any]
    training: dict[str, Any] = field(default_factory=dict)
    activation: str = "relu"
    loss: str = "softmax_cross_entropy"
    depth: tuple[int, ...] = SHALLOW

    @property
    def sizes(self) -> tuple[int, ...]:
        return (*self.depth[:-1], 1) if self.loss == "sigmoid_cross_entropy" else self.depth

    @property
    def name(self) -> str:
        told = ",".join(f"{k}={v}" for k, v in {**self.own, **self.training}.items() if k != "learning_rate")
        return f"{self.optimizer}:{self.dialect}:{told}:{self.activation}:{self.loss}"

    @property
    def hyperparameters(self) -> dict[str, Any]:
        defaults = OPTIMIZERS.module(self.optimizer).DIALECTS[self.dialect]
        training = {"batch_size": BATCH_SIZE, "schedule": "constant", **self.training}
        return {**defaults, **self.own, "dialect": self.dialect, **training}

    @property
    def subject(self) -> Subject:
        return Subject(
            facts=[("Race", "steepest race digits-mlp")],
            optimizer=self.optimizer,
            hyperparameters=self.hyperparameters,
            seed=0,
            epochs=STEPS * BATCH_SIZE / SAMPLES,
            samples=SAMPLES,
            first=None,
            network=Network(self.sizes, self.activation, "he", 1.0),
            loss=self.loss,
            data="digits",
            scaling="unit",
        )


def _case(optimizer: str, dialect: str, numbers: dict[str, Any], falls: bool) -> Case:
    known = OPTIMIZERS.module(optimizer).DIALECTS[dialect]
    own = {"learning_rate": RATES.get(optimizer, 0.02), **{k: v for k, v in numbers.items() if k in known}}
    return Case(optimizer, dialect, own, FALLING if falls else {}, depth=DEEP if optimizer == "muon" else SHALLOW)


def cases() -> list[Case]:
    made = []
    for optimizer in OPTIMIZERS:
        for dialect in OPTIMIZERS.module(optimizer).DIALECTS:
            made.append(_case(optimizer, dialect, LOADED, True))
    made += [_case(o, d, {**PLAIN, **numbers}, falls) for o, d, numbers, falls in MORE]
    penalties = {"l2": 0.05, "l1": 0.01}
    for activation, loss, training in (
        ("sigmoid", "sigmoid_cross_entropy", penalties),
        ("leaky_relu", "squared_error", {"l1": 0.02}),
        ("tanh", "softmax_cross_entropy", {"l2": 0.1}),
        ("identity", "softmax_cross_entropy", {}),
    ):
        own = {"learning_rate": 0.05}
        made.append(Case("momentum", "textbook", own, training, activation, loss, DEEP))
    return list({case.name: case for case in made}.values())
