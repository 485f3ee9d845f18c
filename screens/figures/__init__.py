"""Figures without persons."""
