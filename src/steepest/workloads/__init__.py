"""Workloads: the problems that come with Steepest, one file each, and the class to write your own."""
