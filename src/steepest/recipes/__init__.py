"""Recipes: a run of a race as code for another library that takes the same steps. Text only; no JAX here."""

from __future__ import annotations

from .recipe import TARGETS, recipe

__all__ = ["TARGETS", "recipe"]
