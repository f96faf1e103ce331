"""PyTorch: nn.Sequential, torch.optim, or a torch.optim.Optimizer where none of them is the same rule."""

from __future__ import annotations

from ..builtins.torch import builtin
from ..formulas import SCALAR
from ..pieces import MainLines, class_name, number_names, own_formula, prose, state_names
from ..rendering import Words, assigned, call, indented, listed, render
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
