"""Every write of the first floor: agencies, sessions, what was agreed, its states."""
