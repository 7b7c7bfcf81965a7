"""The pages of agencies and sessions."""
