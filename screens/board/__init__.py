"""The caseload board."""
