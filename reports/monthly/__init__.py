"""The monthly village report and its slots."""
