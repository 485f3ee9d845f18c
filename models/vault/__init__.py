"""The sealed file: who may open it, with which key, and whether it is whole."""
