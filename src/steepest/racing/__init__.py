"""Use-cases: they join names (workload, optimizers, schedules) with the engine and the store. Import what you need."""
