"""Goals in the participant's own words, and their steps."""
