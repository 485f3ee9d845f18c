"""Handing participants over between colleagues."""
