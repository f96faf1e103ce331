"""PyTorch: nn.Sequential, torch.optim, or a torch.optim.Optimizer where none of them is the same rule."""

from __future__ import annotations

from collections.abc import Callable

from ..formulas import SCALAR
from ..pieces import MainLines, class_name, number_names, own_formula, prose, state_names
from ..rendering import Call, Words, assigned, call, indented, listed, render
from ..rule import Rule
from ..schedules import PYTHON
from ..subject import Network, Subject

TITLE = "PyTorch"
CHECKED = "torch 2.13"
RATE_WORDS = PYTHON
WORDS = Words(
    {
        "sqrt": "torch.sqrt",
        "sign": "torch.sign",
        "maximum": "torch.maximum",
        "where": "torch.where",
        "larger": "max",
        "total": "torch.sum",
        "transpose": "{}.T",
        "rows": "{}.shape[1]",  # nn.Linear keeps its weight as [out, in]
        "columns": "{}.shape[0]",
    }
)
ACTIVATIONS = {
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "identity": "nn.Identity()",
}
LOSSES = {
    "softmax_cross_entropy": "F.cross_entropy(outputs, torch.as_tensor(y).long())",
    "sigmoid_cross_entropy": "F.binary_cross_entropy_with_logits(outputs.flatten(), as_numbers(y))",
    "squared_error": "F.mse_loss(outputs.reshape(y.shape), as_numbers(y))",
}


def imports(subject: Subject) -> list[str]:
    """What the file imports beside NumPy and the standard library."""
    return [
        "import torch",
        *(["from torch import nn", "from torch.nn import functional as F"] if subject.whole else []),
    ]


# the library's own optimizers --------------------------------------------------------------------------------


def builtin(rule: Rule) -> Call | str:
    """The optimizer of torch.optim that is exactly `rule`, or why there is none."""
    made = _BUILTINS[rule.name](rule) if rule.name in _BUILTINS else f"torch.optim has no {class_name(rule.name)}"
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


_BUILTINS: dict[str, Callable[[Rule], Call | str]] = {
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


# an optimizer of its own -------------------------------------------------------------------------------------

OWN = """
class {name}(torch.optim.Optimizer):
{about}

    def __init__({arguments}):
        super().__init__(parameters, {{{defaults}}})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            {bound}
            for w in group["params"]:
{body}
"""

SETTLE = '''
    @torch.no_grad()
    def settle(self):
        """At the end, put the average x in place of the y that was trained; x is what to measure and keep."""
        for group in self.param_groups:
            for w in group["params"]:
                w.copy_((w - (1 - group["beta1"]) * self.state[w]["z"]) / group["beta1"])
'''


def _own(subject: Subject, reason: str) -> str:
    formula, rule = own_formula(subject), subject.rule.averaged
    names = number_names(formula, rule)
    slots, counts = state_names(formula)
    lines = ["g = w.grad"]
    if slots or counts:
        started = ([] if not counts else ["t=0"]) + [f"{s}={_start(formula.slots[s])}" for s in slots]
        kept = (["t"] if counts else []) + slots
        lines = [
            "g, state = w.grad, self.state[w]",
            "if not state:",
            f"    state.update({listed(started, 1, 80)})",
            *assigned(kept, [f'state["{k}"]' for k in kept]),
            *(["t += 1"] if counts else []),
        ]
    lines += {"l2": ["g = g + weight_decay * w"], "decoupled": ["w.mul_(1 - rate * weight_decay)"]}.get(rule.decay, [])
    lines += [render(formula.text, WORDS), "w.sub_(step)"]
    if slots or counts:
        lines.append(f"state.update({', '.join(f'{k}={k}' for k in kept)})")
    bound = assigned(["rate", *names], [f'group["{k}"]' for k in ("lr", *names)])
    return OWN.format(
        name=class_name(rule.name),
        about=prose(subject, reason),
        arguments=listed(["self", "parameters", "lr", *names], 1),
        defaults=listed(['"lr": lr', *(f'"{n}": {n}' for n in names)], 2),
        bound="\n            ".join(bound),
        body=indented("\n".join(lines), 4),
    ) + (SETTLE if subject.averages else "")


def _start(start: object) -> str:
    if start == 0:
        return "torch.zeros_like(w)"
    if start == "copy":
        return "w.clone()"
    if isinstance(start, tuple) and start[0] == SCALAR:
        return repr(start[1])
    return f"torch.full_like(w, {start!r})"


MAKE = '''
def make_optimizer(model, learning_rate={rate}):
    """{told}"""
    return {made}
'''


def optimizer(subject: Subject) -> list[str]:
    """The optimizer: its class where torch.optim has none, and `make_optimizer`."""
    made, blocks = builtin(subject.rule), []
    told = "The run's optimizer; torch.optim's own is the same rule."
    if isinstance(made, str):
        blocks.append(_own(subject, made))
        formula = own_formula(subject)
        numbers = {n: formula.numbers.get(n, subject.rule[n]) for n in number_names(formula, subject.rule.averaged)}
        made = call(class_name(subject.rule.name), "model.parameters()", "learning_rate", **numbers)
        told = "The run's optimizer."
    start = "LEARNING_RATE" if subject.constant else "rate(0)"
    blocks.append(MAKE.format(rate=start, told=told, made=indented(str(made), 1).strip()))
    if not subject.constant:
        blocks.append(
            "def set_rate(optimizer, learning_rate):\n    for group in optimizer.param_groups:\n"
            '        group["lr"] = learning_rate'
        )
    return blocks


# network and training ----------------------------------------------------------------------------------------

NETWORK = '''
def make_model():
    """The network; its outputs are {outputs}."""
    return nn.Sequential(
{layers}
    )


def linears(model):
    return [layer for layer in model if isinstance(layer, nn.Linear)]


@torch.no_grad()
def load_parameters(model, arrays):
    """Put arrays, e.g. `layers.0.weight` [in, out] and `layers.0.bias` [out], into the model."""
    for i, layer in enumerate(linears(model)):
        layer.weight.copy_(torch.as_tensor(arrays[f"layers.{{i}}.weight"]).T)
        layer.bias.copy_(torch.as_tensor(arrays[f"layers.{{i}}.bias"]))


def read_parameters(model):
    """The inverse of `load_parameters`."""
    arrays = {{}}
    for i, layer in enumerate(linears(model)):
        arrays[f"layers.{{i}}.weight"] = layer.weight.detach().T.numpy().copy()
        arrays[f"layers.{{i}}.bias"] = layer.bias.detach().numpy().copy()
    return arrays
'''

TRAINING = '''
def as_numbers(array):
    return torch.as_tensor(array).to(torch.get_default_dtype())


def objective(model, x, y):
    """The mean loss of a mini-batch{penalised}."""
    outputs = model(as_numbers(x))
    {result}


def step(model, optimizer, x, y):
    """One step on a mini-batch of NumPy arrays; its loss."""
    model.train()
    optimizer.zero_grad()
    loss = objective(model, x, y)
    loss.backward()
    optimizer.step()
    return loss.item()


@torch.no_grad()
def predict(model, x):
    """Outputs [n, ...] of inputs [n, ...], as NumPy arrays."""
    model.eval()
    return model(as_numbers(x)).numpy()
'''


def network(network: Network, subject: Subject, outputs: str) -> str:
    """`make_model`, `load_parameters`, `read_parameters`."""
    layers, last = [], len(network.sizes) - 2
    for depth, (n, m) in enumerate(zip(network.sizes, network.sizes[1:], strict=False)):
        layers.append(f"nn.Linear({n}, {m}),")
        if depth < last:
            layers.append(f"{ACTIVATIONS[network.activation]},")
            layers += [f"nn.Dropout({1 - subject['keep_prob']:.12g}),"] if subject.drops else []
    return NETWORK.format(layers=indented("\n".join(layers), 2), outputs=outputs)


def training(subject: Subject) -> str:
    """`step` and `predict`."""
    loss = LOSSES[subject.loss or ""]
    if not subject["l2"] and not subject["l1"]:
        return TRAINING.format(penalised="", result=f"return {loss}")
    penalty = [f"{subject['l2']!r} / 2 * (w * w).sum()"] if subject["l2"] else []
    penalty += [f"{subject['l1']!r} * w.abs().sum()"] if subject["l1"] else []
    weights = "weights = [layer.weight for layer in linears(model)]"
    result = f"{weights}\n    penalty = sum({' + '.join(penalty)} for w in weights)"
    return TRAINING.format(penalised=" and the penalty of the weights", result=f"{result}\n    return {loss} + penalty")


def main_lines(subject: Subject) -> MainLines:
    """What `main` does in this library."""
    return MainLines(
        begin=[
            "model = make_model()",
            "load_parameters(model, arrays or initial_parameters())",
            "optimizer = make_optimizer(model)",
        ],
        set_rate="set_rate(optimizer, {})",
        step="loss = step(model, optimizer, x[chosen], y[chosen])",
        settle="optimizer.settle()",
    )


def yours(subject: Subject) -> list[str]:
    """How to use the optimizer with a network of the reader's."""
    rates = ["set_rate(optimizer, rate(at))"] if not subject.constant else []
    return [
        "optimizer = make_optimizer(model)",
        *rates,
        "optimizer.zero_grad()",
        "loss(model).backward()",
        "optimizer.step()",
    ]
