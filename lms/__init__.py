"""Waymark: a training and certification learning platform."""
