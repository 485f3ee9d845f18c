"""Who has looked at whose file: a participant's log, and the reading that nothing explains."""
