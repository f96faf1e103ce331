"""A race in PyTorch as one vectorised ensemble: `torch.func.vmap` over stacked parameters, a rate for each run.

`torch.optim` has no rate for each member, so the optimisers are written out on stacked tensors, in place. The runs
of an optimizer go together, at most `width` of them, on the same batches (fewer gathers than our side makes, which
gives each seed its own order). Timed: everything after imports and reading the data.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch import Tensor
from torch.func import functional_call, grad, stack_module_state, vmap
from torch.nn.functional import cross_entropy

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import Run, grid
from benchmarks.peers.twins import twin
from benchmarks.side import play

Stacked = dict[str, Tensor]


class Optimizer:
    """One of the textbook's optimisers on stacked parameters [runs, ...]."""

    def __init__(self, name: str, rates: Tensor, parameters: Stacked) -> None:
        self.name, self.t = name, 0
        self.rates = {k: rates.reshape(-1, *[1] * (p.ndim - 1)) for k, p in parameters.items()}
        self.m = {k: torch.zeros_like(p) for k, p in parameters.items()}
        self.s = {k: torch.zeros_like(p) for k, p in parameters.items()}

    def step(self, parameters: Stacked, gradients: Stacked) -> None:
        """Move the parameters, in place."""
        self.t += 1
        for k, p in parameters.items():
            g, rate, m, s = gradients[k], self.rates[k], self.m[k], self.s[k]
            if self.name == "sgd":
                p.sub_(g.mul_(rate))
            elif self.name == "momentum":
                m.lerp_(g, 0.1)
                p.sub_(m * rate)
            elif self.name == "rmsprop":
                s.mul_(0.9).addcmul_(g, g, value=0.1)
                p.sub_(g.mul_(rate).div_((s + 1e-8).sqrt_()))
            elif self.name == "adam":
                m.lerp_(g, 0.1)
                s.mul_(0.999).addcmul_(g, g, value=0.001)
                root = s.sqrt().div_((1 - 0.999**self.t) ** 0.5).add_(1e-8)
                p.sub_((m * (rate / (1 - 0.9**self.t))).div_(root))
            else:
                raise ValueError(f"no stacked form of the optimizer {self.name!r}")


def race(runs: Sequence[Run], data: Sequence[Tensor], params: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The runs of one optimizer together; their results and the number of steps."""
    x, y, x_test, y_test = data
    models = [twin(params["workload"], run.seed) for run in runs]
    stacked = {k: v.detach() for k, v in stack_module_state(models)[0].items()}
    shape = models[0].to("meta")

    def loss(parameters: Stacked, x: Tensor, y: Tensor) -> Tensor:
        return cross_entropy(functional_call(shape, parameters, (x,)), y)

    gradient = vmap(grad(loss), in_dims=(0, None, None))
    optimizer = Optimizer(runs[0].optimizer, torch.tensor([run.rate for run in runs]), stacked)
    shuffled, steps = torch.Generator().manual_seed(runs[0].seed), 0
    with torch.no_grad():
        for _ in range(params["epochs"]):
            for index in torch.randperm(len(x), generator=shuffled).split(params["batch_size"]):
                optimizer.step(stacked, gradient(stacked, x[index], y[index]))
                steps += 1
        outputs = vmap(lambda p, x: functional_call(shape, p, (x,)), in_dims=(0, None))
        right = sum(
            (outputs(stacked, a).argmax(2) == b).sum(1)
            for a, b in zip(x_test.split(1000), y_test.split(1000), strict=True)
        )
    return [run.result(float(n) / len(y_test)) for run, n in zip(runs, right, strict=True)], steps


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """Every run of the grid, optimizer by optimizer."""
    runs, arrays = grid(params), load(params)
    width = params.get("width", 32)
    few = [torch.from_numpy(a)[: params["batch_size"]] for a in arrays]
    race(runs[:2], few, params)  # what PyTorch loads at first use is not timed
    started = time.perf_counter()
    data = tuple(torch.from_numpy(a) for a in arrays)
    results: list[dict[str, Any]] = []
    for name in params["optimizers"]:
        mine = [run for run in runs if run.optimizer == name]
        for i in range(0, len(mine), width):
            done, steps = race(mine[i : i + width], data, params)
            results += done
    return {
        "seconds": time.perf_counter() - started,
        "accuracy": sum(r["accuracy"] for r in results) / len(results),
        "runs": results,
        "steps": steps,
        "detail": f"at most {width} side by side, {torch.get_num_threads()} threads",
    }


if __name__ == "__main__":
    play(measure)
