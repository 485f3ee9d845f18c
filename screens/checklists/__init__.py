"""Checklists and what is left on them."""
