"""What goes to the terminal: only changed cells, never a control byte from data, never more than the line can take."""
