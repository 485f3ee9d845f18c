"""The participant: record, sentence, contact, small spending."""
