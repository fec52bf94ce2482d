"""Reads of this feature: frozen values for pages and services."""
