"""Steps of the picture networks beside PyTorch's, and other ways to write the same kernels."""
