"""Examining a whole vault for what cannot be."""
