"""Many sessions of three roles on one vault at once: nothing lost, nothing seen that the role forbids, no raw error.

`python -m tests.crowd` is the full run; the suite does a short one.
"""
