"""Phases of a participant."""
