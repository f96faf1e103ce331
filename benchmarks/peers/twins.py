"""The workloads' networks in PyTorch: same layers, same number of parameters, initialised by the same rules."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

__all__ = ["TWINS", "is_image", "size", "twin"]


def _mlp(*sizes: int) -> nn.Sequential:
    layers: list[nn.Module] = [nn.Flatten()]
    for a, b in pairwise(sizes):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def _stage(inputs: int, maps: int, size: int, padding: int = 0) -> list[nn.Module]:
    """Convolution, pooling and ReLU; pooling first leaves ReLU a quarter of the work and the same result."""
    return [nn.Conv2d(inputs, maps, size, padding=padding), nn.MaxPool2d(2), nn.ReLU()]


def _lenet5() -> nn.Module:
    """6 and 16 maps of 5×5, the first padded by 2; dense 120, 84, 10."""
    return nn.Sequential(*_stage(1, 6, 5, 2), *_stage(6, 16, 5), *_mlp(400, 120, 84, 10))


def _cnn() -> nn.Module:
    """32 and 64 maps of 3×3, dense 10."""
    return nn.Sequential(*_stage(1, 32, 3), *_stage(32, 64, 3), *_mlp(1600, 10))


class _RowsLstm(nn.Module):
    """An image's 28 rows read one by one by an LSTM of 128 units; its last output is classified. One bias a gate."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(28, 128, batch_first=True)
        self.head = nn.Linear(128, 10)
        nn.init.orthogonal_(self.lstm.weight_hh_l0)
        for weight in (self.lstm.weight_ih_l0, self.head.weight):
            nn.init.normal_(weight, std=weight.shape[1] ** -0.5)
        for bias in (self.lstm.bias_ih_l0, self.lstm.bias_hh_l0, self.head.bias):
            nn.init.zeros_(bias)
        with torch.no_grad():
            self.lstm.bias_ih_l0[128:256] = 1  # of the forget gate
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        outputs, _ = self.lstm(x.reshape(-1, 28, 28))
        return self.head(outputs[:, -1])


TWINS = {
    "mnist-mlp": lambda: _mlp(784, 128, 64, 10),
    "logistic-20-2": lambda: _mlp(20, 2),
    "mnist-lenet5": _lenet5,
    "mnist-cnn": _cnn,
    "mnist-rows-lstm": _RowsLstm,
}


def is_image(name: str) -> bool:
    """Whether the twin takes images [n, 1, height, width]."""
    return any(isinstance(m, nn.Conv2d) for m in TWINS[name]().modules())


def twin(name: str, seed: int) -> nn.Module:
    """The network of workload `name`, drawn from `seed`."""
    torch.manual_seed(seed)
    model: nn.Module = TWINS[name]()
    for module in [] if isinstance(model, _RowsLstm) else model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            nn.init.normal_(module.weight, std=math.sqrt(2 / module.weight[0].numel()))
            nn.init.zeros_(module.bias)
    return model


def size(model: nn.Module) -> int:
    """How many numbers it learns."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
