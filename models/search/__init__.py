"""The search index of everything written, and looking in it."""
