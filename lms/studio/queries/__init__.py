"""Reads for trainers."""
