from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecapConfig(AppConfig):
    name = "reports.recap"
    label = "recap"
    verbose_name = _("Recap")
