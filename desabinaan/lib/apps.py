from django.apps import AppConfig

from desabinaan.lib import checks


class LibConfig(AppConfig):
    """Code without models; importing `checks` registers Django's checks."""

    name = "desabinaan.lib"
    checks = (checks.server_is_new_enough, checks.log_is_quiet)
