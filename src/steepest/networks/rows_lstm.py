"""An LSTM that reads a picture row by row, top to bottom; a dense layer reads its last state."""

from __future__ import annotations

import equinox as eqx
import jax
from jax import Array
from jax.typing import ArrayLike

from ..nn.dense import Dense
from ..nn.dropout import dropout
from ..nn.lstm import Lstm

__all__ = ["RowsLstm", "rows_lstm"]


class RowsLstm(eqx.Module):
    """A recurrent layer and a dense `head`."""

    recurrent: Lstm
    head: Dense

    def __call__(self, x: Array, *, key: Array | None = None, keep_prob: ArrayLike = 1.0) -> Array:
        """x [B, rows, columns] -> logits [B, outputs]; with a key, the last state drops out."""
        last = self.recurrent(x)[:, -1]
        if key is not None:
            last = dropout(last, keep_prob, key)
        return self.head(last)


def rows_lstm(key: Array, *, columns: int = 28, units: int = 128, outputs: int = 10, init: str = "xavier") -> RowsLstm:
    """`units` LSTM cells over rows of `columns` numbers. Raises `UnknownName` for `init`."""
    first, second = jax.random.split(key)
    return RowsLstm(Lstm(first, columns, units, init=init), Dense(second, units, outputs, init=init))
