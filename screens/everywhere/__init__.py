"""What is at hand on every screen: help, palette, search, settings, lock, drafts."""
