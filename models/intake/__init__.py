"""Intake: candidates, criteria, the four talks, the decision."""
