"""Words that every layer shares: errors, names, axes, statuses, the race's specification. No JAX here."""
