"""What every feature stands on; no word of coaching in here."""
