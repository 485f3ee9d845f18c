"""Plain values: moments, days, text, phone and identity numbers, holidays."""
