"""All signals, and putting one aside."""
