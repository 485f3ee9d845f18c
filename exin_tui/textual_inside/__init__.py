"""The shell's part of what Textual keeps to itself; `docs/textual_inside.md` says of each name why, what breaks."""
