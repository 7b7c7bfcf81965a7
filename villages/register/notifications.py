"""Notices about proposals and assignments."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.marking import dismiss
from desabinaan.notices.services.notifying import Subject, notify
from villages.register.models import Assignment, Village, VillageEvent
from villages.register.selectors.holders import holders


def notify_proposed(event: VillageEvent) -> None:
    """Notify the regional office that a village waits for its decision."""
    office = event.village.office
    people = holders("village.designate", offices=[office.parent_id or office.pk])
    _notify_of_proposal(people, Kind.VILLAGE_PROPOSED, event)


def notify_proposal_decided(event: VillageEvent, kind: Kind | None) -> None:
    """Dismiss the request for a decision; notify the office when `kind` is given."""
    dismiss(_page_of(event.village), [Kind.VILLAGE_PROPOSED])
    if kind is not None:
        people = holders("village.propose", offices=[event.village.office_id])
        _notify_of_proposal(people, kind, event)


def notify_assigned(
    assignment: Assignment, kind: Kind, by: User | None, occurred_at: datetime | None
) -> None:
    """Notify the assigned person of the beginning or the end of the assignment."""
    day = assignment.ends_on if kind == Kind.ASSIGNMENT_ENDED else assignment.starts_on
    subject = Subject(
        path=reverse("portal:home"),
        once=f"{assignment.pk}:{day}",
        about=str(assignment.village or assignment.office),
        day=day,
    )
    people = User.objects.filter(pk=assignment.user_id)
    notify(people, kind, subject, by=by, occurred_at=occurred_at)


def _notify_of_proposal(
    people: QuerySet[User], kind: Kind, event: VillageEvent
) -> None:
    village = event.village
    subject = Subject(_page_of(village), once=event.pk, about=str(village))
    notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def _page_of(village: Village) -> str:
    return reverse("register:village_designations", kwargs={"code": village.code})
