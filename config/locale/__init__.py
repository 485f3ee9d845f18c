"""The catalogs of words, and what collects and compiles them."""
