"""Restricting a participant to named colleagues, opening one with a reason, and what leaders are shown of it."""
