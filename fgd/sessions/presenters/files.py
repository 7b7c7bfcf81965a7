"""The list of sessions as a file: its columns."""

from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Column
from fgd.sessions.models import Session


def _begins(row: dict[str, Any]) -> str:
    """Return the time with its zone: one list has hosts of several zones."""
    local = timezone.localtime(row["starts_at"], ZoneInfo(row["office__zone"]))
    return f"{local:%Y-%m-%d %H:%M %Z}"


def session_file() -> ListFile:
    states = {value: str(label) for value, label in Session.Status.choices}
    return ListFile(
        "fgd",
        _("FGD sessions"),
        (
            Column(_("Theme"), itemgetter("theme"), 50),
            Column(_("Host"), itemgetter("office__short_name"), 18),
            Column(_("When"), _begins, 18),
            Column(_("Venue"), itemgetter("venue"), 30),
            Column(_("State"), lambda row: states[row["status"]], 16),
            Column(_("Invited"), itemgetter("invitation_count"), 10),
            Column(_("Actions"), itemgetter("action_count"), 10),
        ),
    )
