"""PyTorch at its best: tensors in memory, indexed by a permutation, fused optimiser, both cores, no DataLoader.

Convolutions run channels_last. One run at a time uses as many threads as a short trial before the clock found
quicker (`threads` fixes it); with `processes` the runs are dealt to that many processes of one thread each, which
have imported everything and wait for the clock. Timed: scaling the inputs, building the networks, training,
the test split.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim import lr_scheduler

from benchmarks.peers.arrays import Arrays, load
from benchmarks.peers.grid import Run, grid
from benchmarks.peers.torch_optimizers import make
from benchmarks.peers.twins import is_image, size, twin
from benchmarks.side import play

TRIAL_STEPS = 40
SCHEDULES: dict[str, Callable[..., Any] | None] = {
    "constant": None,
    "linear": lambda optimizer, rate, total: lr_scheduler.LambdaLR(optimizer, lambda at: 1 - at / total),
    "one_cycle": lambda optimizer, rate, total: lr_scheduler.OneCycleLR(
        optimizer, max_lr=rate, total_steps=total, cycle_momentum=False
    ),
}


def tensors(arrays: Arrays, workload: str) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The arrays as tensors, images [n, 1, h, w] in channels_last."""
    x, y, x_test, y_test = (torch.from_numpy(a) for a in arrays)
    if is_image(workload):
        x, x_test = (a.unsqueeze(1).contiguous(memory_format=torch.channels_last) for a in (x, x_test))
    return x, y, x_test, y_test


def accuracy(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """The share of right answers."""
    model.eval()
    with torch.inference_mode():
        right = sum(int((model(a).argmax(1) == b).sum()) for a, b in zip(x.split(1000), y.split(1000), strict=True))
    model.train()
    return right / len(y)


def train(
    run: Run,
    data: Sequence[Tensor],
    params: Mapping[str, Any],
    most_steps: int | None = None,
    watch: Callable[[nn.Module, float], None] | None = None,
) -> tuple[nn.Module, int]:
    """One run from its start; the trained network and the number of steps. `watch` sees the share that is done."""
    x, y, *_ = data
    model = twin(params["workload"], run.seed)
    if is_image(params["workload"]):
        model = model.to(memory_format=torch.channels_last)
    optimizer = make(run.optimizer, run.rate, model.parameters(), params.get("form", "fused"))
    step = torch.compile(_loss) if params.get("compiled") else _loss
    batch, n = params["batch_size"], len(x)
    total = round(params["epochs"] * -(-n // batch))
    make_schedule = SCHEDULES[params.get("schedule", "constant")]
    schedule = make_schedule and make_schedule(optimizer, run.rate, total)
    shuffled, done = torch.Generator().manual_seed(run.seed), 0
    for _ in range(math.ceil(params["epochs"])):
        order = torch.randperm(n, generator=shuffled)
        for index in order.split(batch):
            optimizer.zero_grad(set_to_none=True)
            step(model, x[index], y[index]).backward()
            optimizer.step()
            if schedule is not None:
                schedule.step()
            done += 1
            if watch is not None:
                watch(model, done / total)
            if done in (most_steps, total):
                return model, done
    return model, done


def _loss(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    return cross_entropy(model(x), y)


def tune(run: Run, data: Sequence[Tensor], params: Mapping[str, Any]) -> int:
    """Set the number of threads that a few steps found quicker; nothing is compiled for it."""
    threads, params = params.get("threads"), {**params, "compiled": False}
    if threads is None:
        seconds: dict[int, float] = {}
        cores = len(os.sched_getaffinity(0))
        for count in (1, cores, 1, cores):
            torch.set_num_threads(count)
            train(run, data, params, 3)
            started = time.perf_counter()
            train(run, data, params, TRIAL_STEPS)
            took = time.perf_counter() - started
            seconds[count] = min(took, seconds.get(count, took))
        threads = min(seconds, key=lambda count: seconds[count])
    torch.set_num_threads(threads)
    return int(threads)


def _one(run: Run, data: Sequence[Tensor], params: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    model, steps = train(run, data, params)
    return run.result(accuracy(model, *data[2:])), steps


def _worker(params: Mapping[str, Any], runs: Sequence[Run], ready: Any, go: Any, out: Any) -> None:
    torch.set_num_threads(1)
    arrays = load(params)
    train(runs[0], tensors(arrays, params["workload"]), params, 3)
    ready.release()
    go.wait()
    data = tensors(arrays, params["workload"])
    out.put([_one(run, data, params) for run in runs])


def _in_processes(params: Mapping[str, Any], runs: Sequence[Run], count: int) -> tuple[list[Any], float]:
    context = multiprocessing.get_context("spawn")
    ready, go, out = context.Semaphore(0), context.Event(), context.Queue()
    shares = [runs[i::count] for i in range(count)]
    workers = [context.Process(target=_worker, args=(params, share, ready, go, out)) for share in shares if share]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    started = time.perf_counter()
    go.set()
    done = [each for _ in workers for each in out.get()]
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return done, seconds


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """Every run of the grid, one after the other, or in processes side by side."""
    runs = grid(params)
    if (count := params.get("processes", 1)) > 1:
        done, seconds = _in_processes(params, runs, count)
        detail = f"{count} processes of one thread"
    else:
        arrays = load(params)
        threads = tune(runs[0], tensors(arrays, params["workload"]), params)
        started = time.perf_counter()
        data = tensors(arrays, params["workload"])
        done = [_one(run, data, params) for run in runs]
        seconds = time.perf_counter() - started
        detail = f"{threads} thread{'s' * (threads > 1)}"
    results = [result for result, _ in done]
    return {
        "seconds": seconds,
        "accuracy": sum(r["accuracy"] for r in results) / len(results),
        "runs": results,
        "parameters": size(twin(params["workload"], 0)),
        "steps": done[0][1],
        "detail": detail,
    }


if __name__ == "__main__":
    play(measure)
