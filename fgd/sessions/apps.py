from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "fgd.sessions"
    label = "fgd_sessions"
    verbose_name = _("FGD sessions")
