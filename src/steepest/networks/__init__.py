"""Networks as Equinox modules: a model is a pytree, called on a batch. One file each."""
