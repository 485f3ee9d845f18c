"""The support team around one participant."""
