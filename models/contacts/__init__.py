"""Contact persons: the register, and the network around a participant."""
