"""Chapter 1.2."""
