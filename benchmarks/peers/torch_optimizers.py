"""Our textbook optimisers as `torch.optim` has them, with rates that make the same steps."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

__all__ = ["make"]


def make(name: str, rate: float, parameters: Iterable[Tensor], form: str = "fused") -> torch.optim.Optimizer:
    """`form` is "fused" (foreach where PyTorch has no fused form), "foreach" or "plain" (one tensor at a time).

    The textbook's momentum averages gradients, PyTorch's adds them up: same steps at the rate times 1 − β.
    """
    kept = [p for p in parameters if p.requires_grad]
    how = {"fused": {"fused": True}, "foreach": {"foreach": True}, "plain": {"foreach": False}}[form]
    if name == "sgd":
        return torch.optim.SGD(kept, lr=rate, **how)
    if name == "momentum":
        return torch.optim.SGD(kept, lr=rate * 0.1, momentum=0.9, **how)
    if name == "rmsprop":
        return torch.optim.RMSprop(kept, lr=rate, alpha=0.9, eps=1e-8, foreach=form != "plain")
    if name == "adam":
        return torch.optim.Adam(kept, lr=rate, **how)
    raise ValueError(f"no twin of the optimizer {name!r}")
