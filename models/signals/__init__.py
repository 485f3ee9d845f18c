"""What the program notices by itself: small named rules over the cards of the whole caseload, in one pass."""
