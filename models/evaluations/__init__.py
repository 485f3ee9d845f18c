"""Evaluations: sheets counted so that none of them can be told apart, and what they come to."""
