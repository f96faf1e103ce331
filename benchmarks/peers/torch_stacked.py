"""Logistic regressions stacked in PyTorch: all runs at once, a rate for each.

`form` "bmm": batched products and autograd, as one would first write it; "gemm": the weights of all runs side by
side in one matrix and the gradient xᵀ(p − y) written by hand, the best that PyTorch offers. Timed: training and the
test split, after imports and reading the data.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch import Tensor
from torch.nn.functional import one_hot

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import grid
from benchmarks.peers.torch_memory import tensors
from benchmarks.side import play

CLASSES = 2


def _bmm(W: Tensor, b: Tensor, rates: Tensor, x: Tensor, hit: Tensor) -> None:
    """W [R, n, c], b [R, 1, c]: one step in place."""
    W.requires_grad_(), b.requires_grad_()
    logits = torch.bmm(x.expand(len(W), -1, -1), W) + b
    loss = -(logits.log_softmax(2) * hit).sum(2).mean(1).sum()
    gradients = torch.autograd.grad(loss, (W, b))
    with torch.no_grad():
        W -= rates * gradients[0]
        b -= rates * gradients[1]


def _gemm(W: Tensor, b: Tensor, rates: Tensor, x: Tensor, hit: Tensor) -> None:
    """W [n, R·c], b [R·c]: one step in place."""
    p = torch.addmm(b, x, W).reshape(len(x), -1, CLASSES).softmax(2)
    error = p.sub_(hit[:, None]).reshape(len(x), -1)
    rates = rates.flatten().repeat_interleave(CLASSES) / len(x)
    W.sub_((x.T @ error).mul_(rates))
    b.sub_(error.sum(0).mul_(rates))


def train(params: Mapping[str, Any], rates: Tensor, data: Sequence[Tensor], seed: int) -> tuple[Tensor, int]:
    """Train every run; test accuracies [R] and the number of steps."""
    x, y, x_test, y_test = data
    shuffled = torch.Generator().manual_seed(seed)
    start = torch.randn(x.shape[1], CLASSES, generator=shuffled) * math.sqrt(2 / x.shape[1])
    stacked = params["form"] == "bmm"
    step, runs, steps = (_bmm if stacked else _gemm), len(rates), 0
    W = start.repeat(runs, 1, 1) if stacked else start.repeat(1, runs)
    b = torch.zeros(runs, 1, CLASSES) if stacked else torch.zeros(runs * CLASSES)
    hits = one_hot(y, CLASSES).float()
    with torch.set_grad_enabled(stacked):
        for _ in range(params["epochs"]):
            for index in torch.randperm(len(x), generator=shuffled).split(params["batch_size"]):
                step(W, b, rates.reshape(-1, 1, 1), x[index], hits[index])
                steps += 1
    with torch.no_grad():
        W, b = (W.permute(1, 0, 2).reshape(x.shape[1], -1), b.flatten()) if stacked else (W, b)
        chosen = torch.addmm(b, x_test, W).reshape(len(x_test), -1, CLASSES).argmax(2)
        return (chosen == y_test[:, None]).float().mean(0), steps


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """Every run of the grid at once."""
    runs, arrays = grid(params), load(params)
    threads = params.get("threads", 2)
    torch.set_num_threads(threads)
    first = [tensor[: params["batch_size"]] for tensor in tensors(arrays, params["workload"])]
    train(params, torch.tensor([0.1]), first, 0)  # what PyTorch loads at first use is not timed
    started = time.perf_counter()
    rates = torch.tensor([run.rate for run in runs])
    accuracies, steps = train(params, rates, tensors(arrays, params["workload"]), runs[0].seed)
    seconds = time.perf_counter() - started
    results = [run.result(float(a)) for run, a in zip(runs, accuracies, strict=True)]
    return {
        "seconds": seconds,
        "accuracy": float(accuracies.mean()),
        "runs": results,
        "steps": steps,
        "detail": f"{threads} threads",
    }


if __name__ == "__main__":
    play(measure)
