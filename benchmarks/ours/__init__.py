"""Our sides: scripts that use the public interface, run by our own environment."""
