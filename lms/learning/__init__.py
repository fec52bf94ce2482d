"""Enrolments, lessons read, progress, completion."""
