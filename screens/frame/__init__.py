"""What every screen is made of: the base screen, dialogs, chooser, prompt."""
