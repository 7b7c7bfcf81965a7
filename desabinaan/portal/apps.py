from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "desabinaan.portal"
