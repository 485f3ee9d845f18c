"""Consents: given, judged, summed up for the card, and what was shared under them."""
