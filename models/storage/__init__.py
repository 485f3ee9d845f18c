"""The one door for reading and writing: units of work, audit, undo, drafts."""
