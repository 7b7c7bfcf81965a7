from django.apps import AppConfig

from desabinaan.lib import checks


class LibConfig(AppConfig):
    """The cellar; naming the checks here registers them."""

    name = "desabinaan.lib"
    checks = (checks.server_is_new_enough,)
