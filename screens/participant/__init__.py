"""One participant: timeline, record, goals, small spending."""
