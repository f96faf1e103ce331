"""Digits: 1 797 handwritten digits of 8×8, ink 0…16.

UCI's optical recognition of digits (Alpaydin and Kaynak), shipped with scikit-learn.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from .splits import Splits
from .stratified import stratified

__all__ = ["digits"]


@cache
def digits() -> Splits:
    """x float32 [n, 8, 8] in 0…16, y int32 [n] in 0…9; 60/20/20 of each class."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return stratified(bunch.images.astype(np.float32), bunch.target.astype(np.int32))
