"""Agencies: proposed by staff, confirmed by an administrator."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from fgd.actions import recording
from fgd.actions.locks import not_stale
from fgd.models import Agency


@transaction.atomic
def propose_agency(
    *,
    acting_user: User,
    place: access.Place,
    name: str,
    short_name: str,
    kind: str,
    level: str,
) -> Agency:
    """The agency waits for the administrator; `place` is the proposer's office.

    ValidationError when one of that name is already in the list.
    """
    access.require(acting_user, "agency.propose", place)
    known = known_agency(name) or known_agency(short_name)
    facts = {"short_name": short_name, "kind": kind, "level": level}
    agency, is_new = (known, False) if known else _made(name, facts, acting_user)
    if not is_new:
        raise ValidationError({"name": _("This agency is already in the list.")})
    return agency


@transaction.atomic
def confirm_agencies(agency_ids: Iterable[int], *, acting_user: User) -> int:
    """These proposed agencies can be invited and can lead; answers how many."""
    if not acting_user.has_perm("fgd.change_agency"):
        raise PermissionDenied("fgd.change_agency")
    proposed = Agency.objects.filter(pk__in=list(agency_ids), status="proposed")
    return proposed.update(status=Agency.Status.CONFIRMED)


@transaction.atomic
def change_contact(
    agency_id: int,
    *,
    acting_user: User,
    version: int,
    head_name: str,
    head_contact: str,
    hotline: str,
) -> Agency:
    """The agency's head and telephone numbers are these."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    access.require(acting_user, "agency.change_contact", agency)
    not_stale(agency, version)
    agency.head_name, agency.head_contact = head_name, head_contact
    agency.hotline = hotline
    fields = ["head_name", "head_contact", "hotline"]
    agency.save(update_fields=[*fields, *recording.changed(agency, acting_user)])
    return agency


def known_agency(name: str) -> Agency | None:
    """The agency that bears this name, or this short name, however it is spelt.

    Of one that was merged, the agency it was merged into.
    """
    same = Q(name__iexact=name) | Q(short_name__iexact=name)
    found = Agency.objects.filter(same).select_related("successor").first()
    return (found.successor or found) if found else None


def _made(name: str, facts: dict[str, str], acting_user: User) -> tuple[Agency, bool]:
    """The agency and whether it is new: somebody may propose it at this moment."""
    return Agency.objects.get_or_create(
        name=name, defaults={**facts, "proposed_by": acting_user}
    )
