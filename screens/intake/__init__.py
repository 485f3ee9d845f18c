"""Intake and candidates."""
