"""The case: tables, rules and storage. Knows no terminal."""
