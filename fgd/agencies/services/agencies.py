"""Agencies: proposed by staff, confirmed by an administrator."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow import versions
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.versions import check_version
from fgd.agencies.agency_names import short_name_of, words_of_agency
from fgd.agencies.models import Agency
from fgd.agencies.names_of_villages import refuse_names_of_villages
from fgd.agencies.selectors.named_agencies import agencies_named


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
    name is already in the list, or when it is the name of a village.
    """
    access.require(acting_user, "agency.propose", place)
    refuse_names_of_villages([name, short_name])
    is_known = any(found.agencies for found in agencies_named([name, short_name]))
    facts = {"short_name": short_name, "kind": kind, "level": level}
    agency, is_new = (None, False) if is_known else _made(name, facts, acting_user)
    if agency is None or not is_new:
        raise ValidationError({"name": _("This agency is already in the list.")})
    return agency


@transaction.atomic
def known_or_proposed_agencies(
    names: Iterable[str], *, acting_user: User, place: access.HasRoles
) -> dict[str, Agency]:
    """Return the agency of each name; propose those that are not in the list.

    Names with the same words are one agency. ValidationError when several listed
    agencies have a name, or when a new one is the name of a village. The number of
    queries does not depend on the names.
    """
    wanted = list(dict.fromkeys(names))
    agencies: dict[str, Agency] = {}
    unlisted: dict[object, list[str]] = defaultdict(list)
    for name, found in zip(wanted, agencies_named(wanted), strict=True):
        if len(found.agencies) > 1:
            listed = "; ".join(sorted(one.name for one in found.agencies))
            text = _("Several agencies: %(names)s. Type the full name of one.")
            raise ValidationError(text % {"names": listed}, "several")
        if found.agencies:
            agencies[name] = found.agencies[0]
        else:
            unlisted[frozenset(words_of_agency(name)) or name].append(name)
    if unlisted:
        access.require(acting_user, "agency.propose", place)
        first = [same[0] for same in unlisted.values()]
        refuse_names_of_villages(first)
        made = _proposed(first, acting_user)
        agencies |= {name: made[same[0]] for same in unlisted.values() for name in same}
    return agencies


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


def _made(name: str, facts: dict[str, str], acting_user: User) -> tuple[Agency, bool]:
    """Return the agency and whether it is new; another user may propose it too."""
    return Agency.objects.get_or_create(
        name=name, defaults={**facts, "proposed_by": acting_user}
    )


def _proposed(names: Sequence[str], acting_user: User) -> dict[str, Agency]:
    """Return new agencies by name; another user may propose one at the same time."""
    Agency.objects.bulk_create(
        (
            Agency(
                name=name,
                short_name=short_name_of(name),
                kind=Agency.Kind.OTHER,
                level=Agency.Level.REGENCY,
                proposed_by=acting_user,
            )
            for name in names
        ),
        ignore_conflicts=True,
    )
    return {row.name: row for row in Agency.objects.filter(name__in=names)}
