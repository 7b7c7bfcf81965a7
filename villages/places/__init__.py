"""Regions, offices, service areas, outlines, reference data and roles at places."""
