"""Meetings, stand-up, monthly."""
