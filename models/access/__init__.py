"""Who may see whom, and who has looked."""
