"""PyTorch's side, run by a Python that has it: `python peer.py`, then lines `NETWORK STEPS` on standard input.

Answers each with wall and processor seconds a step. Its best honest form: tensors in memory, channels_last for
convolutions, fused Adam, all cores.
"""

import sys
import time

import torch
from torch import nn

BATCH = 128


class RowsLstm(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.recurrent, self.head = nn.LSTM(28, 128, batch_first=True), nn.Linear(128, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.recurrent(x[:, 0])[0][:, -1])


NETWORKS = {
    "lenet5": lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ),
    "cnn": lambda: nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1600, 10),
    ),
    "rows_lstm": RowsLstm,
}  # fmt: skip


def stepper(name):
    model = NETWORKS[name]().to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    x = torch.rand(8, BATCH, 1, 28, 28)
    y = torch.randint(0, 10, (8, BATCH))

    def go(steps):
        wall, processor = time.perf_counter(), time.process_time()
        for i in range(steps):
            optimizer.zero_grad()
            batch = x[i % 8].contiguous(memory_format=torch.channels_last)
            nn.functional.cross_entropy(model(batch), y[i % 8]).backward()
            optimizer.step()
        return (time.perf_counter() - wall) / steps, (time.process_time() - processor) / steps

    go(3)
    return go


def main() -> None:
    steppers = {}
    print(torch.__version__, torch.get_num_threads(), flush=True)
    for line in sys.stdin:
        name, steps = line.split()
        if name not in steppers:
            steppers[name] = stepper(name)
        print(*steppers[name](int(steps)), flush=True)


if __name__ == "__main__":
    main()
