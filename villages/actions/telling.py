"""Whom a proposal, a request or an assignment concerns is told."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.actions import Subject, dismiss, notify
from desabinaan.notices.kinds import Kind
from villages.models import (
    AccountRequest,
    Assignment,
    GuardedDeed,
    Village,
    VillageEvent,
)
from villages.selectors.holders import holders


def proposed(event: VillageEvent) -> None:
    """The office above that designates knows that a village waits for its decision."""
    office = event.village.office
    people = holders("village.designate", offices=[office.parent_id or office.pk])
    _of_proposal(people, Kind.VILLAGE_PROPOSED, event)


def decided(event: VillageEvent, kind: Kind | None) -> None:
    """Nobody is asked any longer; the office knows what was decided, if `kind` says."""
    dismiss(_page_of(event.village), [Kind.VILLAGE_PROPOSED])
    if kind is not None:
        people = holders("village.propose", offices=[event.village.office_id])
        _of_proposal(people, kind, event)


def deciders(request: AccountRequest, by: User, occurred_at: datetime | None) -> None:
    """Those who approve accounts above the office know that one is asked for."""
    office = request.requesting_office
    people = holders("account.approve", offices=[office.parent_id or office.pk])
    notify(
        people,
        Kind.ACCOUNT_REQUESTED,
        _of_request(request),
        by=by,
        occurred_at=occurred_at,
    )


def asking_office(
    request: AccountRequest, kind: Kind, by: User, occurred_at: datetime | None
) -> None:
    """The office that asked knows what was decided."""
    people = holders("account.request", offices=[request.requesting_office_id])
    subject = _of_request(request)
    dismiss(subject.path, [Kind.ACCOUNT_REQUESTED])
    notify(people, kind, subject, by=by, occurred_at=occurred_at)


def second_persons(deed: GuardedDeed, occurred_at: datetime | None) -> None:
    """Those who may confirm know that a deed waits; not the person whom it is about."""
    office = deed.office
    people = holders("account.second", offices=[office.parent_id or office.pk])
    may_decide = people.filter(is_staff=False, is_superuser=False)
    notify(
        may_decide.exclude(pk=deed.account_id),
        Kind.DEED_ASKED,
        _of_deed(deed, reverse("villages:guarded_detail", args=[deed.pk])),
        by=deed.asked_by,
        occurred_at=occurred_at,
    )


def asker(
    deed: GuardedDeed, kind: Kind, by: User, occurred_at: datetime | None
) -> None:
    """The administrator who asked knows what was decided; nobody else is asked."""
    dismiss(reverse("villages:guarded_detail", args=[deed.pk]), [Kind.DEED_ASKED])
    page = reverse("admin:villages_guardeddeed_change", args=[deed.pk])
    people = User.objects.filter(pk=deed.asked_by_id)
    notify(people, kind, _of_deed(deed, page), by=by, occurred_at=occurred_at)


def assigned(
    assignment: Assignment, kind: Kind, by: User | None, occurred_at: datetime | None
) -> None:
    """The person knows where he or she serves, and until when."""
    day = assignment.ends_on if kind == Kind.ASSIGNMENT_ENDED else assignment.starts_on
    subject = Subject(
        path=reverse("recap:home"),
        once=f"{assignment.pk}:{day}",
        about=str(assignment.village or assignment.office),
        day=day,
    )
    people = User.objects.filter(pk=assignment.user_id)
    notify(people, kind, subject, by=by, occurred_at=occurred_at)


def _of_proposal(people: QuerySet[User], kind: Kind, event: VillageEvent) -> None:
    village = event.village
    subject = Subject(_page_of(village), once=event.pk, about=str(village))
    notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def _page_of(village: Village) -> str:
    return reverse("villages:village_designations", kwargs={"code": village.code})


def _of_deed(deed: GuardedDeed, path: str) -> Subject:
    return Subject(path=path, once=deed.pk, about=deed.office.short_name)


def _of_request(request: AccountRequest) -> Subject:
    return Subject(
        path=reverse("villages:account_request_detail", args=[request.pk]),
        once=request.pk,
        about=request.requesting_office.short_name,
    )
