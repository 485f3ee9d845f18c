"""The shell: starts, unlocks, wires and quits the program."""
