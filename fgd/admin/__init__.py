"""Agencies, their focal points, and series; no session and no action."""

from fgd.admin import agencies, focal_points

__all__ = ["agencies", "focal_points"]
