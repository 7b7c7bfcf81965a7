"""Package of apps: the records of fostered villages."""
