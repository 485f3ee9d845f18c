"""Agreements between agencies: what they say, who stands behind them, what is due, and the groups they set up."""
