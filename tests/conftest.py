"""One CPU device per core before JAX is used, as a race has it."""

from steepest.engine.devices import prepare

prepare()
