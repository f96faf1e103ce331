"""The MNIST convnet of PyTorch's own examples, until it reaches a test accuracy.

Architecture and settings as in pytorch/examples/mnist: convolutions 3×3 of 32 and 64 maps, 2×2 pooling, dropout ¼,
dense 128, dropout ½, softmax; Adadelta at rate 1, times 0.7 after each epoch, batch 64, at most 14 epochs, inputs
standardised by mean 0.1307 and deviation 0.3081, the test split measured after each epoch. Kinder than the example:
tensors stand in memory instead of being decoded image by image, and layers are channels_last (`plain` turns both
off, as far as a TensorDataset does). Timed: building and all epochs up to the first that reaches the target.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.peers.arrays import load
from benchmarks.peers.torch_memory import accuracy
from benchmarks.side import play


def convnet() -> nn.Module:
    """The example's network; its outputs are logits here."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
        nn.Flatten(),
        nn.Linear(9216, 128),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(128, 10),
    )


def _epoch(model: nn.Module, optimizer: torch.optim.Optimizer, batches: Any) -> None:
    for inputs, labels in batches:
        optimizer.zero_grad()
        cross_entropy(model(inputs), labels).backward()
        optimizer.step()


def _batches(x: Tensor, y: Tensor, plain: bool) -> Any:
    if plain:
        return DataLoader(TensorDataset(x, y), batch_size=64, shuffle=True)
    return ((x[i], y[i]) for i in torch.randperm(len(x)).split(64))


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One seed."""
    arrays, plain = load(params), params.get("plain", False)
    torch.manual_seed(params["round"])
    started = time.perf_counter()
    x, x_test = ((torch.from_numpy(a).unsqueeze(1) - 0.1307) / 0.3081 for a in (arrays.x, arrays.x_test))
    y, y_test = torch.from_numpy(arrays.y), torch.from_numpy(arrays.y_test)
    model = convnet()
    if not plain:
        model = model.to(memory_format=torch.channels_last)
        x, x_test = (a.contiguous(memory_format=torch.channels_last) for a in (x, x_test))
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    reached: list[float] = []
    while len(reached) < params["epochs"] and (not reached or reached[-1] < params["target"]):
        _epoch(model, optimizer, _batches(x, y, plain))
        reached.append(accuracy(model, x_test, y_test))
        schedule.step()
    return {
        "seconds": time.perf_counter() - started,
        "accuracy": reached[-1],
        "figures": {"epochs": len(reached), "reached": float(reached[-1] >= params["target"])},
    }


if __name__ == "__main__":
    play(measure)
