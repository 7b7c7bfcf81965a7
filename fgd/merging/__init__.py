"""Merging of an agency into another, and the administration of agencies."""
