"""Plumbing that every feature uses; imports no feature."""
