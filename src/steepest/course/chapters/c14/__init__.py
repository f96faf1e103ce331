"""Chapter 1.4."""
