"""The list of agencies as a file, the empty list of focal points, and positions."""

from collections.abc import Iterable
from operator import attrgetter

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from desabinaan.accounts.access import Role
from desabinaan.accounts.exports import ListFile
from desabinaan.accounts.models import User
from desabinaan.lib.sheets.columns import Cell, Column, Sheet
from fgd.agencies.columns import FOCAL_POINT_COLUMNS
from fgd.agencies.models import Agency, FocalPoint
from villages.people.presenters.empty_lists import people_template


def agency_file(reads_all: bool) -> ListFile:
    """Return the columns of the downloaded list; all only if `reads_all`."""
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


def focal_point_template() -> Sheet:
    """Return an empty list of focal points with its headings."""
    about = (
        _("One person per row, below the headings."),
        _("Agency: its name or short name, as shown in the portal."),
        _("Position, user name, e-mail and telephone may be empty."),
    )
    title = _("Focal points of agencies")
    return people_template("daftar-narahubung", title, FOCAL_POINT_COLUMNS, about)


def positions_of(holders: Iterable[int]) -> dict[int, str]:
    """Return role and agency by user id, in Indonesian, for the slips."""
    points = FocalPoint.objects.filter(user__in=holders).select_related("agency")
    with override(User.Language.INDONESIAN):
        return {
            point.user_id: f"{Role.FOCAL_POINT.label}, {point.agency}"
            for point in points.order_by("pk")
        }


def _focal_points(agency: Agency) -> Cell:
    people = agency.focal_points.all()
    return "; ".join(
        f"{one.user} ({one.position})" if one.position else str(one.user)
        for one in people
    )
