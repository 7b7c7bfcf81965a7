"""Proposing a village; ending a proposal by withdrawal, refusal or decree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.lib.workflow.versions import same_version
from desabinaan.notices.kinds import Kind
from villages.places.models import Office, Region
from villages.places.selectors.regions import office_for
from villages.register import notifications
from villages.register.models import Designation, Proposal, Village
from villages.register.selectors.nearness import refuse_far
from villages.register.selectors.regions import dropped_in
from villages.register.selectors.timeline import last_edit
from villages.register.services.villages import locked, profile_of, village_on
from villages.register.workflow import PROPOSAL


@transaction.atomic
def propose_village(
    region: Region,
    facts: Mapping[str, Any],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Village:
    """Add the region to the register as a proposed village of its office.

    A village whose proposal was dropped is proposed again. `facts` holds some of
    `villages.PROFILE` and, if there are any, `schemes`.
    """
    current = lock_row(Region.objects.select_related("parent__parent"), region.pk)
    office = office_for(current)
    if office is None:
        raise ValidationError(_("No office is responsible for this village yet."))
    access.require(acting_user, "village.propose", office)
    dropped = dropped_in(current)
    when = occurred_at or timezone.now()
    before = dropped.status if dropped else ""
    village = _again(dropped, facts) if dropped else _new(current, office, facts)
    refuse_far(village.regency_id, village.regency_name, facts)
    village.schemes.set(facts.get("schemes", []))
    village.proposals.create(proposed_on=timezone.localdate(when))
    event = record_event(
        village, "propose", acting_user, from_status=before, occurred_at=when
    )
    notifications.notify_proposed(event)
    return village


@transaction.atomic
def drop_proposal(
    village: Village,
    verb: str,
    reason: str,
    *,
    acting_user: User,
    version: int | None = None,
) -> Village:
    """End a proposal without a decree; `verb` is `withdraw` or `decline`.

    `version` is that of the profile that was shown; StaleEdit when it changed since.
    """
    current = locked(village)
    access.require(acting_user, PROPOSAL[verb].capability, current)
    before = current.status
    current.status = check_transition(PROPOSAL, verb, before, current).target
    if version is not None and current.version != version:
        same_version(current.version, version, *last_edit(current))
    current.save(update_fields=["status"])
    current.proposals.filter(ended_on=None).update(
        ended_on=Greatest("proposed_on", timezone.localdate())
    )
    event = record_event(current, verb, acting_user, from_status=before, note=reason)
    notifications.notify_proposal_decided(
        event, Kind.PROPOSAL_DECLINED if verb == "decline" else None
    )
    return current


def decide_by(decrees: Sequence[Designation]) -> None:
    """End the open proposals of these villages on the dates of their decrees."""
    mine = Designation.objects.filter(
        pk__in=[one.pk for one in decrees], village=OuterRef("village")
    )
    waiting = Proposal.objects.filter(
        village__in=[one.village_id for one in decrees], ended_on=None
    )
    waiting.update(
        decree=Subquery(mine.values("pk")),
        ended_on=Greatest("proposed_on", Subquery(mine.values("decree_date"))),
    )


def follow_correction(decree: Designation) -> None:
    """Move the end of the proposal to the corrected date of its decree."""
    decided = Proposal.objects.filter(decree=decree)
    decided.update(ended_on=Greatest("proposed_on", decree.decree_date))


# --- Inside ------------------------------------------------------------------


def _new(region: Region, office: Office, facts: Mapping[str, Any]) -> Village:
    village = village_on(region, office=office, **profile_of(facts))
    village.save()
    return village


def _again(dropped: Village, facts: Mapping[str, Any]) -> Village:
    village = locked(dropped)
    village.status = check_transition(
        PROPOSAL, "propose", village.status, village
    ).target
    for name, value in profile_of(facts).items():
        setattr(village, name, value)
    village.version += 1
    village.save(update_fields=[*profile_of(facts), "status", "version"])
    return village
