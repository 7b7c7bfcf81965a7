from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "desabinaan.health"
