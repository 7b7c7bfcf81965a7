from villages.places.admin import reference, regions

__all__ = ["reference", "regions"]
