"""What was said at a session, topic by topic."""
