"""Figures without persons: exact inside the team, rounded where they leave it."""
