"""Participants whom only some colleagues may see, and openings of one in spite of that."""
