"""The demonstration: invented people and places, and the command that adds them."""
