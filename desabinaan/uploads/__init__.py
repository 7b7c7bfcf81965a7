"""Lists that people bring: reading them, their rows, their states and pages."""
