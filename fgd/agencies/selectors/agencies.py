"""Agencies, and what each user may read of them."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.permissions import has_capability_anywhere
from villages.places.permissions import in_force, roles_for


def reads_agencies(user: Actor) -> bool:
    """Whether `user` may read heads and focal points, not only hotlines."""
    user_roles = roles_for(user)
    return bool(
        user_roles.offices("agency.view") or user_roles.home_offices("agency.view")
    )


def confirmed_agencies() -> list[Agency]:
    """Return agencies that can be invited and can lead, by short name."""
    return list(Agency.objects.confirmed().order_by(Folded("short_name"), "id"))


def agency_rows(user: Actor, typed: str = "") -> QuerySet[Agency]:
    """Return agencies that match the typed words, without merged ones.

    Proposed agencies and focal points are included for staff only.
    """
    rows = (
        Agency.objects.not_merged().matching(typed).order_by(Folded("short_name"), "id")
    )
    if not reads_agencies(user):
        return rows.filter(status=Agency.Status.CONFIRMED)
    people = FocalPoint.objects.filter(in_force()).select_related("user")
    return rows.prefetch_related(Prefetch("focal_points", people.order_by("id")))


def visible_agency(user: Actor, pk: int) -> Agency:
    """Return an agency of the list; 404 for users who may not read the list."""
    if not has_capability_anywhere(user, "agency.look_up"):
        raise Http404
    return get_object_or_404(agency_rows(user), pk=pk)
