"""Chapter 1.3."""
