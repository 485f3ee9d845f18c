"""Evaluations: typing sheets, what they come to, and the open answers."""
