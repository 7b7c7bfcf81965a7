from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "villages.people"
    verbose_name = _("Accounts and approvals")
