"""Reads of awards, eligibilities, certificates and transcripts."""
