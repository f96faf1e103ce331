"""Pieces of networks: layers, activations, initialisers, losses, metrics. Pure JAX; no data, no optimiser."""
