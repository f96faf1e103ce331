"""Every error a user can meet, in one tree.

SteepestError
├── UserError            the caller's mistake: one line saying what, the value got, what to do (exit 2)
│   ├── UnknownName      a workload, optimizer, dialect, schedule or key that does not exist
│   ├── BadValue         a number or text out of its domain
│   ├── BadFile          a missing, damaged or foreign file or folder
│   └── TooLarge         a request refused before anything is allocated
└── Unavailable          this machine lacks what was asked for: an optional package, a data set, disk space (exit 2)
"""

from __future__ import annotations

__all__ = ["BadFile", "BadValue", "SteepestError", "TooLarge", "Unavailable", "UnknownName", "UserError"]


class SteepestError(Exception):
    """Root of the tree; catch it to catch everything that Steepest raises on purpose."""


class UserError(SteepestError, ValueError):
    """The caller's mistake, told in one line."""


class UnknownName(UserError):
    """A name that is not registered."""


class BadValue(UserError):
    """A value out of its domain."""


class BadFile(UserError):
    """A missing, damaged or foreign file or folder."""


class TooLarge(UserError):
    """A request that would not fit; refused with the estimate."""


class Unavailable(SteepestError, RuntimeError):
    """Something this machine lacks; the message says how to get it."""
