"""What people type about agencies and sessions, and the rules of each field."""
