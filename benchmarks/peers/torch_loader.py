"""PyTorch in its common form: a TensorDataset and a shuffling DataLoader, default optimiser, default threads.

Timed: building data set and network, training, the test split through a DataLoader.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import torch
import torch._dynamo  # loaded at the first optimiser otherwise; imports are not timed
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import grid
from benchmarks.peers.twins import is_image, size, twin
from benchmarks.side import play


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """One run of Adam."""
    (run,), arrays = grid(params), load(params)
    started = time.perf_counter()
    x, y, x_test, y_test = (torch.from_numpy(a) for a in arrays)
    if is_image(params["workload"]):
        x, x_test = x.unsqueeze(1), x_test.unsqueeze(1)
    batches = DataLoader(TensorDataset(x, y), batch_size=params["batch_size"], shuffle=True)
    model, steps = twin(params["workload"], run.seed), 0
    optimizer = torch.optim.Adam(model.parameters(), lr=run.rate)
    for _ in range(params["epochs"]):
        for inputs, labels in batches:
            optimizer.zero_grad()
            cross_entropy(model(inputs), labels).backward()
            optimizer.step()
            steps += 1
    model.eval()
    with torch.no_grad():
        tests = DataLoader(TensorDataset(x_test, y_test), batch_size=1000)
        right = sum(int((model(inputs).argmax(1) == labels).sum()) for inputs, labels in tests)
    seconds = time.perf_counter() - started
    accuracy = right / len(y_test)
    return {
        "seconds": seconds,
        "accuracy": accuracy,
        "runs": [run.result(accuracy)],
        "parameters": size(model),
        "steps": steps,
        "detail": f"{torch.get_num_threads()} threads, the default",
    }


if __name__ == "__main__":
    play(measure)
