"""What the rooms below know, read for one page."""
