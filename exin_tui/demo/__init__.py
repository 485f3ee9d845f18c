"""Fictitious people for trying the program: nothing here could be a real person's."""
