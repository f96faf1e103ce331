"""Breast cancer: 569 tumours, 30 measurements each, malignant (0) or benign (1).

UCI's Wisconsin Diagnostic Breast Cancer (Wolberg, Street and Mangasarian), shipped with scikit-learn.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from .splits import Splits
from .stratified import stratified

__all__ = ["cancer"]


@cache
def cancer() -> Splits:
    """x float32 [n, 30] as measured (scales differ by 10⁵), y int32 [n]; 60/20/20 of each class."""
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    return stratified(bunch.data.astype(np.float32), bunch.target.astype(np.int32))
