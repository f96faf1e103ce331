"""A race by Optuna: a grid of trials, each a PyTorch run with data in memory and the fused optimiser.

`how` "threads": `study.optimize(n_jobs=2)` in one process; "processes": two processes of one thread each that share
a journal file, as Optuna's manual advises for work that holds the interpreter's lock. Timed: from making the study
to the end of the last trial, after imports and reading the data. Trials that two workers both made are counted
once: the time is divided by the trials made and multiplied by those wanted. With `pruner` trials report at the rungs
of our halving and Optuna's successive halving prunes them (by the test split: the peer has no other).
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import optuna
import torch
from optuna.pruners import NopPruner, SuccessiveHalvingPruner
from optuna.samplers import GridSampler
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from torch import Tensor, nn

from benchmarks.peers.arrays import load
from benchmarks.peers.grid import Run, grid
from benchmarks.peers.torch_memory import accuracy, tensors, train
from benchmarks.side import play

WORKERS = 2
RUNGS = (1 / 8, 1 / 4, 1 / 2)  # when a pruned trial reports: where our halving looks too
optuna.logging.set_verbosity(optuna.logging.WARNING)


def _space(params: Mapping[str, Any]) -> dict[str, list[Any]]:
    runs = grid(params)
    return {
        "optimizer": list(params["optimizers"]),
        "rate": list(params["rates"]),
        "seed": sorted({r.seed for r in runs}),
    }


def _study(params: Mapping[str, Any], journal: Path | None) -> optuna.Study:
    storage = None if journal is None else JournalStorage(JournalFileBackend(str(journal)))
    return optuna.create_study(
        study_name="race",
        storage=storage,
        sampler=GridSampler(_space(params), seed=0),
        pruner=SuccessiveHalvingPruner(min_resource=1, reduction_factor=3) if params.get("pruner") else NopPruner(),
        direction="maximize",
        load_if_exists=True,
    )


def _objective(trial: optuna.Trial, data: Sequence[Tensor], params: Mapping[str, Any]) -> float:
    chosen = [trial.suggest_categorical(name, values) for name, values in _space(params).items()]
    rungs = list(RUNGS) if params.get("pruner") else []

    def watch(model: nn.Module, share: float) -> None:
        if rungs and share >= rungs[0]:
            trial.report(accuracy(model, *data[2:]), step=round(rungs.pop(0) / RUNGS[0]))
            if trial.should_prune():
                raise optuna.TrialPruned

    model, _ = train(Run(*chosen), data, params, watch=watch)
    return accuracy(model, *data[2:])


def _optimise(params: Mapping[str, Any], data: Sequence[Tensor], journal: Path | None, jobs: int) -> optuna.Study:
    study = _study(params, journal)
    study.optimize(lambda trial: _objective(trial, data, params), n_jobs=jobs)
    return study


def _worker(params: Mapping[str, Any], journal: Path, ready: Any, go: Any) -> None:
    torch.set_num_threads(1)
    arrays = load(params)
    train(grid(params)[0], tensors(arrays, params["workload"]), params, 3)
    ready.release()
    go.wait()
    _optimise(params, tensors(arrays, params["workload"]), journal, 1)


def _processes(params: Mapping[str, Any], journal: Path) -> tuple[optuna.Study, float]:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    workers = [context.Process(target=_worker, args=(params, journal, ready, go)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    started = time.perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    return _study(params, journal), time.perf_counter() - started


def measure(params: Mapping[str, Any]) -> dict[str, Any]:
    """The whole grid."""
    wanted = len(grid(params))
    if params.get("how") == "processes":
        with tempfile.TemporaryDirectory() as folder:
            study, seconds = _processes(params, Path(folder) / "journal")
            trials = study.get_trials(deepcopy=False)
    else:
        torch.set_num_threads(1)
        arrays = load(params)
        train(grid(params)[0], tensors(arrays, params["workload"]), params, 3)
        started = time.perf_counter()
        data = tensors(arrays, params["workload"])
        trials = _optimise(params, data, None, WORKERS).get_trials(deepcopy=False)
        seconds = time.perf_counter() - started
    made = [t for t in trials if t.state.name == "COMPLETE"]
    pruned = sum(t.state.name == "PRUNED" for t in trials)
    runs = {Run(**t.params): t.value for t in made}
    if len({Run(**t.params) for t in trials}) != wanted:
        raise RuntimeError(f"{len(runs)} of {wanted} trials were made")
    results = [run.result(float(value or 0)) for run, value in runs.items()]
    return {
        "seconds": seconds * wanted / (len(made) + pruned),
        "accuracy": sum(r["accuracy"] for r in results) / len(results),
        "runs": results,
        "detail": f"{pruned} of {len(made) + pruned} trials pruned" if pruned else "",
    }


if __name__ == "__main__":
    play(measure)
