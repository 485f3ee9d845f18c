"""Checklists: content, items that follow facts, tallies, what is left."""
