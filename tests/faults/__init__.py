"""Faults that the product must survive: kills, crashes, races, full disks, lost subscribers."""
