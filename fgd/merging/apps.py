from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "fgd.merging"
