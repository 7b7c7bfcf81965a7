"""Agencies, and what each reader may know of them."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from desabinaan.accounts.access import Actor
from fgd.models import Agency, FocalPoint
from fgd.standing import may_somewhere
from villages.standing import in_force, standing_of


def reads_agencies(user: Actor) -> bool:
    """Whether heads and focal points are open to `user`, not only hotlines."""
    standing = standing_of(user)
    return bool(standing.offices("agency.view") or standing.home_offices("agency.view"))


def confirmed_agencies() -> list[Agency]:
    """Agencies that can be invited and can lead, by short name."""
    return list(Agency.objects.confirmed().order_by("short_name", "id"))


def agency_rows(user: Actor, typed: str = "") -> QuerySet[Agency]:
    """Agencies found by what was typed; the merged are left out.

    Those only proposed show to staff. Focal points come along for staff only.
    """
    rows = Agency.objects.standing().matching(typed).order_by("short_name", "id")
    if not reads_agencies(user):
        return rows.filter(status=Agency.Status.CONFIRMED)
    people = FocalPoint.objects.filter(in_force()).select_related("user")
    return rows.prefetch_related(Prefetch("focal_points", people.order_by("id")))


def visible_agency(user: Actor, pk: int) -> Agency:
    """An agency of the list; 404 for one who has no place at any table."""
    if not may_somewhere(user, "agency.look_up"):
        raise Http404
    return get_object_or_404(agency_rows(user), pk=pk)
