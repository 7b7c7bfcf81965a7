"""Users, sign-in, one-time links and codes, rate limits, and what a role may do."""
