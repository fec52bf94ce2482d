"""Certificates: decided once, frozen, kept for ever."""
