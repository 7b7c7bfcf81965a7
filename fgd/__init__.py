"""Package of apps: Focus Group Discussions and what they agree."""
