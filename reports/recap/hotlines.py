"""Numbers to call, with the day up to which their published sources were read."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

CHECKED = date(2026, 1, 31)


@dataclass(frozen=True, slots=True)
class Hotline:
    name: StrOrPromise
    numbers: tuple[str, ...]
    note: StrOrPromise = ""


HOTLINES = (
    Hotline(_("Police, in danger"), ("110",)),
    Hotline(_("SAPA 129, women and children"), ("129", "WhatsApp 08111-129-129")),
    Hotline(
        _("Migrant worker protection (KP2MI)"),
        ("0800-1000", "+62-21-29244800", "WhatsApp 0811-8080-141"),
    ),
    Hotline(_("Witness and victim protection (LPSK)"), ("148",)),
    Hotline(
        _("Immigration, about foreigners"),
        ("WhatsApp 0813-9967-9966",),
        _("Mondays to Fridays, 08.00–16.00"),
    ),
)
