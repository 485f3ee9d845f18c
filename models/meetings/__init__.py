"""The team's rhythm: stand-up, weekly, monthly, support team, and their minutes."""
