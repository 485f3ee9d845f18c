"""The way out of the programme, and back."""
