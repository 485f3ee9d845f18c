"""Absences and hand-overs."""
