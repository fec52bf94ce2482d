"""Verbs that change things: enrolments, applications, marks, completion, checks, presence."""
