"""Phase reviews: prepared, warned, decided, sealed, owed."""
