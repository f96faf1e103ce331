"""A race: 4 optimisers × 9 rates from 1e-4 to 1 × 3 seeds = 108 runs of MNIST by 784-128-64-10, 2 epochs of batch 128.

Ours is one call. Peers: Optuna's grid with PyTorch trials in memory (two processes of one thread; two threads of one
process), two plain PyTorch processes with no tuner at all, a vectorised ensemble in torch.func, Ray Tune, and Keras
`fit` run by run. Then the same race with `halving`, beside Optuna with its own pruner and without. Slow peers make a
stated sample of the runs; what a run costs depends on neither rate nor seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contest import Contest, Side, ours, sampled

TITLE = "A race of 108 runs"
WORKLOAD = "mnist-mlp"
OPTIMIZERS = ["sgd", "momentum", "rmsprop", "adam"]
RATES = [float(f"{10 ** (i / 2 - 4):.6g}") for i in range(9)]
SEEDS = 3


def _peer(
    name: str, module: str, sizes: dict[str, Any], rates: list[float], seeds: int, of: tuple[int, int], **more: Any
) -> Side:
    told = {"workload": WORKLOAD, "optimizers": OPTIMIZERS, "rates": rates, "seeds": seeds, "all_seeds": of[1]}
    scale = sampled(len(rates) * seeds, of[0] * of[1])
    scale["note"] = (
        scale["note"] and sampled(len(OPTIMIZERS) * len(rates) * seeds, len(OPTIMIZERS) * of[0] * of[1])["note"]
    )
    return Side(name, f"benchmarks.peers.{module}", {**told, **sizes, **more}, **scale)


def contests(quick: bool) -> Iterator[Contest]:
    """The race, whole and with halving."""
    rates, seeds = (RATES[2:5:2], 1) if quick else (RATES, SEEDS)
    few = rates[:1] if quick else [RATES[4]]
    sizes: dict[str, Any] = {"batch_size": 128, "epochs": 1 if quick else 2, **({"samples": 2_000} if quick else {})}
    of, runs = (len(rates), seeds), len(OPTIMIZERS) * len(rates) * seeds
    told = {"workload": WORKLOAD, "optimizers": OPTIMIZERS, "lr": rates, "seeds": seeds, **sizes}
    optuna = _peer("Optuna + PyTorch, two processes", "optuna_torch", sizes, rates, 1, of, how="processes")
    keras = _peer("Keras fit, run by run", "keras_fit", sizes, few, 1, of)
    pruned = _peer(
        "Optuna, its pruner, two processes", "optuna_torch", sizes, rates, 1, of, how="processes", pruner=True
    )
    whole = (
        ours(told),
        optuna,
        _peer("Optuna + PyTorch, n_jobs=2", "optuna_torch", sizes, rates, 1, of),
        _peer("PyTorch alone, two processes", "torch_memory", sizes, rates, 1, of, processes=2),
        _peer("PyTorch, torch.func.vmap", "torch_vmap", sizes, rates, 1, of),
        _peer("Ray Tune + PyTorch", "ray_tune", sizes, rates[:1] if quick else RATES[::4], 1, of),
        keras,
    )
    halved = (ours({**told, "halving": True}, name="Steepest, halving"), pruned, optuna, keras)
    # of a halved race other runs reach the end than of the peers' samples: their means are no check on each other
    for sides, title, tolerance in (
        (whole, f"{runs} runs", 0.01),
        (halved, f"{runs} runs, the hopeless stopped early", 1),
    ):
        title += ", 2 000 samples" if quick else ""
        yield Contest(title, sides, ("s a run", runs), (WORKLOAD,), tolerance=0.3 if quick else tolerance)
