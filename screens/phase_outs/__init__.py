"""The way out of the programme."""
