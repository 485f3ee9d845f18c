"""Mapping of a participant's life, part by part, over time."""
