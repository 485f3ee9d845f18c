"""The support team around one participant: begun, met, watched, extended and ended."""
