"""The colleagues: who they are, when they are away, what they carry."""
