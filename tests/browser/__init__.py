"""Waymark in a real browser: every page as people see it, and whole stories from end to end."""
