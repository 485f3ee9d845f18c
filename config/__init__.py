"""What a team can change: settings, the programme as data, key map, words."""
