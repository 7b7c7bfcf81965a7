"""Agencies: proposed by staff, confirmed by an administrator."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow import versions
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.versions import check_version
from fgd.agencies.models import Agency


@transaction.atomic
def propose_agency(
    *,
    acting_user: User,
    place: access.HasRoles,
    name: str,
    short_name: str,
    kind: str,
    level: str,
) -> Agency:
    """Propose an agency, to be confirmed by an administrator.

    `place` is the proposer's office or session. ValidationError when an agency of that
    name is already in the list.
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
    """Confirm proposed agencies, so that they can lead; return how many."""
    if not acting_user.has_perm("agencies.change_agency"):
        raise PermissionDenied("agencies.change_agency")
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
    """Change the head and the telephone numbers of an agency."""
    agency = lock_row(Agency.objects.all(), agency_id)
    access.require(acting_user, "agency.change_contact", agency)
    check_version(agency, version)
    agency.head_name, agency.head_contact = head_name, head_contact
    agency.hotline = hotline
    fields = ["head_name", "head_contact", "hotline"]
    agency.save(update_fields=[*fields, *versions.next_version(agency, acting_user)])
    return agency


def known_agency(name: str) -> Agency | None:
    """Return the agency with this name or short name, ignoring case.

    A merged agency is replaced by its successor.
    """
    same = Q(name__iexact=name) | Q(short_name__iexact=name)
    found = Agency.objects.filter(same).select_related("successor").first()
    return (found.successor or found) if found else None


def _made(name: str, facts: dict[str, str], acting_user: User) -> tuple[Agency, bool]:
    """Return the agency and whether it is new; another user may propose it too."""
    return Agency.objects.get_or_create(
        name=name, defaults={**facts, "proposed_by": acting_user}
    )
