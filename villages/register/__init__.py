"""Fostered villages: proposals, decrees, contacts, assignments and counts."""
