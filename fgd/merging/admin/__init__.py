from fgd.merging.admin import agencies, focal_points

__all__ = ["agencies", "focal_points"]
