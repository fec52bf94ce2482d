"""Measures every page against a floor program that does the same work and nothing else."""
