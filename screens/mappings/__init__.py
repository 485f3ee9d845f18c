"""Mapping of a participant's life on the screen."""
