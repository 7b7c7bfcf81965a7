"""Package of apps: what comes back from the field."""
