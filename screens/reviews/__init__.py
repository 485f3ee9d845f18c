"""Phase reviews."""
