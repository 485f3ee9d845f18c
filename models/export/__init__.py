"""The caseload as plain data."""
