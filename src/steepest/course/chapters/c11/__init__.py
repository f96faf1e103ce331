"""Chapter 1.1."""
