"""Contact persons: register, network, team list."""
