"""Agreements between agencies, the meetings of their steering groups, and both on paper."""
