"""What was written about the wrong participant."""
