"""A lane: the runs that share one compiled program.

Runs are stacked on two axes, [rows, width]: rows are sharded over the devices, the runs of a row share a seed and so
every mini-batch. `init` and `advance` are compiled once, ahead of time, for one shape; a chunk of steps and the
evaluation that ends it run on the device with no return to the host. A run whose loss ceases to be finite stays in
its place, says so and is worth nothing from then on; its neighbours never notice.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import export
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from numpy.typing import NDArray

from ..core.spec import Layout
from ..data.splits import Split, Splits
from .chunks import Chunks
from .programs import Programs, digest, kept
from .rules import WHOLE, Rules, Share
from .samples import drawn, packed
from .slabs import Slots

__all__ = ["Data", "Lane", "Report", "State", "load", "place"]

EVALUATION_BATCH = 500
State = tuple[Any, ...]  # a slab's arrays [rows, width, ...]
DEVICES = "devices"  # the axis that rows, or the samples of a batch, are shared out over
INIT, NOISE = 1, 2  # purposes of a seed's random streams
MOST_BUILT = 32
_BUILT: OrderedDict[str, tuple[Any, ...]] = OrderedDict()  # what this process has compiled, the oldest first


class Data(NamedTuple):
    """The data set, as `load` lays it out on the host and `place` puts it on the devices.

    train        inputs, as `packed` keeps them (uint8 stays bytes), and targets
    held_out     inputs, targets and weights of the validation and then the test split, in batches [n, size, ...]
    validation_batches   how many of the batches are validation
    shift, scale       the scaling that the program applies to inputs, (x − shift) · scale
    """

    train: tuple[Any, Any]
    held_out: tuple[Any, Any, Any]
    validation_batches: Any
    shift: Any
    scale: Any


def batched(split: Split) -> tuple[NDArray, NDArray, NDArray]:
    """A split as batches [n, EVALUATION_BATCH, ...] with weights, the last one padded with weight 0."""
    n = -(-len(split) // EVALUATION_BATCH)

    def pad(a: NDArray) -> NDArray:
        missing = n * EVALUATION_BATCH - len(a)
        return np.concatenate([a, np.zeros((missing, *a.shape[1:]), a.dtype)]).reshape(n, -1, *a.shape[1:])

    return pad(split.x), pad(split.y), pad(np.ones(len(split), np.float32))


def load(splits: Splits, shift: NDArray, scale: NDArray) -> Data:
    """The splits in the form that lanes read."""
    validation, test = batched(splits.validation), batched(splits.test)
    both = [np.concatenate(pair) for pair in zip(validation, test, strict=True)]
    arrays = (packed(splits.train.x), splits.train.y), tuple(both), np.int32(len(validation[0])), shift, scale
    return Data(*jax.tree.map(lambda a: np.asarray(a, jax.dtypes.canonicalize_dtype(a.dtype)), arrays))


class RunState(NamedTuple):
    """What a run carries between chunks: the rules' own state, whether it still moves, the steps it has made."""

    inner: Any
    alive: jax.Array
    steps: jax.Array


class When(NamedTuple):
    """Where in its life a slab is: the step a chunk starts with, how many it has, what its end is the end of."""

    first: Any
    steps: Any
    epoch_ends: Any
    evaluate: Any
    final: Any


class Report(NamedTuple):
    """What a chunk brings back, per run.

    losses        of each step, [rows, steps, width]; nan in a step that the chunk does not have
    alive, steps  whether it still moves, and the steps it has made, [rows, width]
    sums          measurement -> sums over the validation split and (after the last chunk) the test split,
                  [rows, width, 2]; of what is measured of a whole split the value itself
    """

    losses: Any
    alive: Any
    steps: Any
    sums: Mapping[str, Any]


def place(data: Data, mesh: Mesh) -> Data:
    """The data set, one copy on each device of the mesh."""
    return jax.device_put(data, NamedSharding(mesh, PartitionSpec()))


def _sizes(data: Data) -> tuple[int, int]:
    """How many samples the validation and the test split have."""
    filled = np.asarray(data.held_out[2]).sum(1)
    n = int(data.validation_batches)
    return int(filled[:n].sum()), int(filled[n:].sum())


def _stand_still(row: Any, live: Any) -> tuple[RunState, Report]:
    """What `live` would make of a row in which no run moves any more, for nothing: such runs are not measured."""
    state, report = row[0], jax.eval_shape(live, row)[1]
    losses = jnp.full(report.losses.shape, jnp.nan, report.losses.dtype)
    sums = jax.tree.map(lambda s: jnp.zeros(s.shape, s.dtype), report.sums)
    return state, Report(losses, state.alive, state.steps, sums)


class Lane:
    """One compiled program and its shapes. `compile()` may be called from another thread, before the first use.

    `identity` is plain data that, with the shapes, tells `rules` from all others, so that what is traced can be kept
    between processes; None for rules that a user brought.
    """

    def __init__(
        self,
        rules: Rules,
        layout: Layout,
        chunks: Chunks,
        batch_size: int,
        names: tuple[str, ...],
        identity: Any = None,
    ) -> None:
        self.rules, self.layout, self.chunks, self.batch_size, self.names = (
            rules,
            layout,
            chunks,
            batch_size,
            names,
        )
        self.identity = identity
        self.held_out = (0, 0)  # samples of the validation and the test split, where something is measured of all
        self.mesh = Mesh(np.array(jax.devices()[: layout.devices]), (DEVICES,))
        self.compile_s = 0.0
        by_rows, by_samples = PartitionSpec(DEVICES), PartitionSpec(None, None, DEVICES)
        self._states, self._orders = (PartitionSpec(), by_samples) if layout.split else (by_rows, by_rows)
        self.share = Share(layout.devices, partial(jax.lax.psum, axis_name=DEVICES)) if layout.split else WHOLE

    @property
    def _sharded(self) -> NamedSharding:
        return NamedSharding(self.mesh, self._states)

    # one run -------------------------------------------------------------------------------------------------

    def _init_run(self, key: jax.Array, numbers: Any, filled: jax.Array) -> RunState:
        return RunState(self.rules.init(key, numbers), filled, jnp.int32(0))

    def _step_run(self, state: RunState, numbers: Any, batch: Any, step: jax.Array, key: jax.Array) -> Any:
        inner, loss = self.rules.step(state.inner, numbers, batch, step, key, self.share)
        moves = state.alive & jnp.isfinite(loss)
        return RunState(inner, moves, state.steps + moves), loss

    def _evaluate(self, state: RunState, data: Data, scaled: Any, when: When) -> dict[str, jax.Array]:
        """Sums [width, 2] over the validation split and, at the very end, the test split; the host divides."""

        def sums(inner: Any, x: jax.Array, y: jax.Array, weight: jax.Array) -> tuple[dict[str, jax.Array], Any]:
            measured, outputs = self.rules.evaluate(inner, x, y)
            return {k: jnp.sum(jnp.where(weight > 0, v, 0)) for k, v in measured.items()}, outputs

        parts = self.share.parts
        mine = jax.lax.axis_index(DEVICES) if parts > 1 else 0

        def add(turn: jax.Array, so_far: Any) -> Any:
            total, kept = so_far
            i = turn * parts + mine
            x, y, weight = jax.tree.map(lambda a: a[i], data.held_out)
            weight = jnp.where(i < last, weight, 0)
            part, outputs = jax.vmap(sums, (0, None, None, None))(state.inner, scaled(x), y, weight)
            split = (i >= data.validation_batches).astype(jnp.int32)
            kept = jax.tree.map(lambda k, o: k.at[:, i].set(o), kept, outputs)
            return jax.tree.map(lambda t, p: t.at[:, split].add(p), total, part), kept

        x, y, weight = jax.tree.map(lambda a: a[0], data.held_out)
        shapes = jax.eval_shape(jax.vmap(sums, (0, None, None, None)), state.inner, scaled(x), y, weight)
        nothing = jax.tree.map(lambda s: jnp.zeros((*s.shape, 2), s.dtype), shapes[0])
        batches = len(data.held_out[0])
        empty = jax.tree.map(lambda s: jnp.zeros((s.shape[0], batches, *s.shape[1:]), s.dtype), shapes[1])
        validation = jnp.where(when.evaluate, data.validation_batches, 0)
        last = jnp.where(when.final, batches, validation)
        total, kept = self.share.total(jax.lax.fori_loop(0, -(-last // parts), add, (nothing, empty)))
        return {**total, **self._whole(kept, data, when)}

    def _whole(self, outputs: Any, data: Data, when: When) -> dict[str, jax.Array]:
        """What is measured of whole splits, [width, 2], from outputs [width, batches, size, ...]."""
        of = self.rules.whole
        if of is None:
            return {}

        def samples(batches: jax.Array, axis: int, first: int, n: int) -> jax.Array:
            """The real ones among padded batches, of which `first` come before."""
            flat = batches.reshape(*batches.shape[:axis], -1, *batches.shape[axis + 2 :])
            start = first * EVALUATION_BATCH
            return jax.lax.slice_in_dim(flat, start, start + n, axis=axis)

        found = []
        for first, n, due in zip((0, -(-self.held_out[0] // EVALUATION_BATCH)), self.held_out, when[3:], strict=True):
            y = samples(data.held_out[1], 0, first, n)
            mine = jax.tree.map(lambda o, first=first, n=n: samples(o, 1, first, n), outputs)

            def measured(mine: Any, y: Any) -> Any:
                values = jax.vmap(of, (0, None))(mine, y)
                return jax.tree.map(lambda v: v.astype(jnp.result_type(float)), values)

            def spared(mine: Any, y: Any, measured: Any = measured) -> Any:
                return jax.tree.map(lambda v: jnp.zeros(v.shape, v.dtype), jax.eval_shape(measured, mine, y))

            found.append(jax.lax.cond(due, measured, spared, mine, y))
        return jax.tree.map(lambda *values: jnp.stack(values, -1), *found)

    # one row: runs of one seed -------------------------------------------------------------------------------

    def _init_row(self, seed: jax.Array, numbers: Any, filled: jax.Array) -> RunState:
        key = jax.random.fold_in(jax.random.key(seed), INIT)
        return jax.vmap(self._init_run, (None, 0, 0))(key, numbers, filled)

    def _advance_row(
        self, row: tuple[RunState, Any, jax.Array, jax.Array], data: Data, when: When
    ) -> tuple[RunState, Report]:
        state, numbers, seed, order = row
        noise = jax.random.fold_in(jax.random.key(seed), NOISE)
        (x_train, y_train), x_held = data.train, data.held_out[0]

        def scaled(x: jax.Array) -> jax.Array:
            return (x.astype(jnp.float32) - data.shift) * data.scale

        def step(i: jax.Array, carry: tuple[RunState, jax.Array]) -> tuple[RunState, jax.Array]:
            (state, losses), index = carry, order[i]
            at, weight = jnp.maximum(index, 0), (index >= 0).astype(jnp.float32)
            x = scaled(drawn(x_train, at, x_held.shape[2:], x_held.dtype))
            batch = (x, y_train[at], weight, samples[i].astype(jnp.float32))
            key = jax.random.fold_in(noise, when.first + i)
            one = jax.vmap(self._step_run, (0, 0, None, None, None))
            state, loss = one(state, numbers, batch, when.first + i, key)
            return state, losses.at[i].set(loss.astype(losses.dtype))

        samples = self.share.total(jnp.sum(order >= 0, 1, dtype=jnp.int32))
        losses = jnp.full((len(order), *state.alive.shape), jnp.nan, jnp.result_type(float))
        state, losses = jax.lax.fori_loop(0, when.steps, step, (state, losses))
        sums = self._evaluate(state, data, scaled, when)
        alive = state.alive & jnp.isfinite(sums["loss"][:, 0])
        state = state._replace(alive=alive)
        if self.rules.observe is not None:
            observed = jax.vmap(self.rules.observe)(state.inner, numbers, sums["loss"][:, 0])
            state = state._replace(inner=jax.tree.map(partial(jnp.where, when.epoch_ends), observed, state.inner))
        return state, Report(losses, alive, state.steps, sums)

    # one device: its rows ------------------------------------------------------------------------------------

    @property
    def _in_turn(self) -> bool:
        """Whether a device takes its rows one at a time, so that it can pass one over."""
        return not self.layout.vectorised or self.layout.rows == self.layout.devices

    def _rows(self, function: Any, rows: Any) -> Any:
        """`function` of each of this device's rows."""
        if jax.tree.leaves(rows)[0].shape[0] == 1:
            out = function(jax.tree.map(lambda a: a[0], rows))
            return jax.tree.map(lambda a: a[None], out)
        return jax.lax.map(function, rows) if self._in_turn else jax.vmap(function)(rows)

    def _init(self, seeds: jax.Array, numbers: Any, filled: jax.Array) -> RunState:
        return self._rows(lambda row: self._init_row(*row), (seeds, numbers, filled))

    def _advance(
        self, state: RunState, numbers: Any, seeds: Any, order: Any, data: Data, when: When
    ) -> tuple[RunState, Report]:
        def live(row: Any) -> tuple[RunState, Report]:
            return self._advance_row(row, data, when)

        def unless_still(row: Any) -> tuple[RunState, Report]:
            return jax.lax.cond(jnp.any(row[0].alive), live, lambda row: _stand_still(row, live), row)

        return self._rows(unless_still if self._in_turn else live, (state, numbers, seeds, order))

    # the compiled program ------------------------------------------------------------------------------------
    # Its arguments and results are flat tuples of arrays; only a trace knows the structure of a state.

    def _functions(self) -> tuple[Any, Any, Any]:
        """`init`, `advance` and `model`, not yet traced, of flat arrays [rows, width, ...]."""
        states, whole = self._states, PartitionSpec()
        shard = partial(jax.shard_map, mesh=self.mesh, out_specs=states, check_vma=False)
        start = shard(self._init, in_specs=(states,) * 3)
        go = shard(self._advance, in_specs=(states, states, states, self._orders, whole, whole))

        def structured(leaves: tuple[jax.Array, ...]) -> RunState:
            return jax.tree.unflatten(jax.tree.structure(jax.eval_shape(start, *self._start_shapes())), leaves)

        def init(*arguments: Any) -> Any:
            return tuple(jax.tree.leaves(start(*arguments)))

        def advance(state: Any, numbers: Any, seeds: Any, order: Any, data: Any, when: Any) -> Any:
            new, report = go(structured(state), numbers, seeds, order, Data(*data), When(*when))
            return tuple(jax.tree.leaves(new)), tuple(report)

        def model(state: Any) -> Any:
            return dict(jax.vmap(jax.vmap(self.rules.model))(structured(state).inner))

        return jax.jit(init), jax.jit(advance, donate_argnums=0), jax.jit(model)

    def _shape(self, dims: tuple[int, ...], dtype: Any, spec: Any = None) -> jax.ShapeDtypeStruct:
        sharding = self._sharded if spec is None else NamedSharding(self.mesh, spec)
        return jax.ShapeDtypeStruct(dims, dtype, sharding=sharding)

    def _start_shapes(self) -> tuple[Any, Any, Any]:
        rows, width = self.layout.rows, self.layout.width
        numbers = {name: self._shape((rows, width), jnp.float32) for name in self.names}
        return self._shape((rows,), jnp.uint32), numbers, self._shape((rows, width), jnp.bool_)

    def _step_shapes(self, data: Data) -> tuple[Any, ...]:
        seeds, numbers, _ = self._start_shapes()
        order = self._shape((self.layout.rows, self.chunks.length, self.batch_size), jnp.int32, self._orders)
        held = jax.tree.map(lambda a: self._shape(a.shape, a.dtype, PartitionSpec()), tuple(data))
        when = tuple(jax.ShapeDtypeStruct((), t) for t in (jnp.int32, jnp.int32, jnp.bool_, jnp.bool_, jnp.bool_))
        return numbers, seeds, order, held, when

    def compile(self, data: Data) -> None:
        """Compile what the lane runs, unless this process has; seconds spent are added to `compile_s`."""
        started = time.perf_counter()
        start, rest = self._start_shapes(), self._step_shapes(data)
        shapes = [(a.shape, str(a.dtype)) for a in jax.tree.leaves((start, rest))]
        known = self.identity is not None
        if self.rules.whole is not None:
            self.held_out = _sizes(data)
        told = [self.identity, asdict(self.chunks), asdict(self.layout), list(self.names), shapes, self.held_out]
        key = digest(told) if known else ""
        built = _BUILT.get(key) or self._built(key, start, rest)
        if known:
            _BUILT[key] = built
        while len(_BUILT) > MOST_BUILT:
            _BUILT.popitem(last=False)
        self._arrays, self._init_program, self._advance_program, self._model_program = built
        self.compile_s += time.perf_counter() - started

    def _built(self, key: str, start: Any, rest: Any) -> tuple[Any, ...]:
        """Shapes of the state, and the programs, compiled; traced here only if none is kept under `key`."""
        init, advance, model = self._functions()

        def trace() -> Programs:
            begun = export.export(init)(*start)
            state = self._state(begun.out_avals)
            return Programs(begun, export.export(advance)(state, *rest), export.export(model)(state))

        if key:
            programs = kept(key, trace)
            init, model = jax.jit(programs.init.call), jax.jit(programs.model.call)
            advance = jax.jit(programs.advance.call, donate_argnums=0)
        lowered = init.lower(*start)
        state = self._state(lowered.out_info)
        return state, lowered.compile(), advance.lower(state, *rest).compile(), model.lower(state).compile()

    def _state(self, leaves: Sequence[Any]) -> State:
        return tuple(self._shape(leaf.shape, leaf.dtype) for leaf in leaves)

    def _put(self, slots: Slots) -> tuple[Any, Any, Any]:
        return jax.device_put((dict(slots.numbers), slots.seeds, slots.filled), self._sharded)

    def init(self, slots: Slots) -> State:
        """The state of a slab before its first step, [rows, width, ...]."""
        numbers, seeds, filled = self._put(slots)
        return self._init_program(seeds, numbers, filled)

    def advance(
        self,
        state: State,
        slots: Slots,
        order: NDArray[np.int32],
        data: Data,
        chunk: int,
        evaluate: bool = True,
    ) -> tuple[State, Report]:
        """One chunk of steps (`order` [rows, length, batch] says on which samples), and an evaluation unless spared.

        `state` is donated. Returns at once; reading the report waits for the device.
        """
        numbers, seeds, _ = self._put(slots)
        first, last = self.chunks.span(chunk)
        final = last == self.chunks.total_steps
        epoch_ends = last % self.chunks.steps_per_epoch == 0
        when = (
            np.int32(first),
            np.int32(last - first),
            np.bool_(epoch_ends),
            np.bool_(evaluate or final),
            np.bool_(final),
        )
        order = jax.device_put(order, NamedSharding(self.mesh, self._orders))
        state, report = self._advance_program(state, numbers, seeds, order, tuple(data), when)
        return state, Report(*report)

    def models(self, state: State) -> dict[str, NDArray]:
        """What is kept of runs that have ended: name -> [rows, width, ...]."""
        return {name: np.asarray(leaf) for name, leaf in self._model_program(state).items()}

    def restore(self, arrays: Mapping[str, NDArray], slots: Slots) -> State:
        """The state that `dump` wrote, back on the devices; empty places stand still, whatever fills them."""
        *inner, alive, steps = (arrays[f"{i:04d}"] for i in range(len(self._arrays)))  # as in RunState
        return tuple(jax.device_put((*inner, alive & slots.filled, steps), self._sharded))

    @staticmethod
    def dump(state: State) -> dict[str, NDArray]:
        """Host copies of the state's arrays, named by their place."""
        return {f"{i:04d}": np.array(leaf) for i, leaf in enumerate(state)}
