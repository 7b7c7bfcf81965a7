from villages.register.admin import assignments, places

__all__ = ["assignments", "places"]
