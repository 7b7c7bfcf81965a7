from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "villages.imports"
    verbose_name = _("Imported lists")
