from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    name = "fgd.minutes"
    verbose_name = _("Minutes")
