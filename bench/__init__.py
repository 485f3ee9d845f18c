"""Measures the program in a real pseudo-terminal and says how it compares; `python -m bench` prints the table."""
