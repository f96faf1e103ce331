"""Chapter 2.1."""
