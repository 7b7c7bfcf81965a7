"""The lists of this floor as files: which columns."""

from operator import attrgetter, itemgetter

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.exports import Cell, Column
from fgd.models import Agency, Session


def session_file() -> ListFile:
    states = {value: str(label) for value, label in Session.Status.choices}
    return ListFile(
        "sesi-fgd",
        _("FGD sessions"),
        (
            Column(_("Theme"), itemgetter("theme"), 50),
            Column(_("Host"), itemgetter("office__short_name"), 18),
            Column(_("When"), itemgetter("starts_at"), 18),
            Column(_("Venue"), itemgetter("venue"), 30),
            Column(_("State"), lambda row: states[row["status"]], 16),
            Column(_("Invited"), itemgetter("invitation_count"), 10),
            Column(_("Actions"), itemgetter("action_count"), 10),
        ),
    )


def agency_file(reads_all: bool) -> ListFile:
    """Heads and focal points only for those who read them on the page."""
    known = (
        Column(_("Short name"), attrgetter("short_name"), 20),
        Column(_("Agency"), attrgetter("name"), 44),
        Column(_("Hotline"), attrgetter("hotline"), 18),
    )
    for_staff = (
        Column(_("Field of work"), lambda row: capfirst(row.get_kind_display()), 26),
        Column(_("Level"), lambda row: capfirst(row.get_level_display()), 16),
        Column(_("State"), lambda row: row.get_status_display(), 12),
        Column(_("Focal points"), _focal_points, 40),
    )
    columns = known + for_staff if reads_all else known
    return ListFile("instansi", _("Agencies"), columns)


def _focal_points(agency: Agency) -> Cell:
    people = agency.focal_points.all()
    return "; ".join(
        f"{one.user} ({one.position})" if one.position else str(one.user)
        for one in people
    )
