"""The schedules by name, and how each is used.

A plain one maps a step to a rate; a wrapper takes another schedule; one with feedback watches the
validation loss.
"""

from __future__ import annotations

from ..core.registry import Registry

__all__ = ["FEEDBACK", "SCHEDULES", "WRAPPERS"]

WRAPPERS = ("warmup",)
FEEDBACK = ("reduce_on_plateau",)
PLAIN = ("constant", "inverse_time", "exponential", "step", "cosine", "linear", "one_cycle")
SCHEDULES = Registry("schedule", "steepest.schedules", (*PLAIN, *WRAPPERS, *FEEDBACK))
