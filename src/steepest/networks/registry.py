"""The networks by name."""

from __future__ import annotations

from ..core.registry import Registry

__all__ = ["NETWORKS"]

NETWORKS = Registry("network", "steepest.networks", ("mlp", "lenet5", "cnn", "rows_lstm"))
