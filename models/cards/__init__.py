"""The board's card of each participant, kept in the transaction of every change."""
