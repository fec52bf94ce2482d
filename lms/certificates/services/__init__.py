"""Verbs that change awards, eligibilities and certificates."""
