"""What saving a list of villages writes; the rest is in desabinaan.uploads."""
