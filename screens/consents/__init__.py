"""Consents and what was shared."""
