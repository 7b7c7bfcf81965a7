"""Whom a request or an assignment concerns is told."""

from datetime import datetime

from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.actions import Subject, dismiss, notify
from desabinaan.notices.kinds import Kind
from villages.models import AccountRequest, Assignment
from villages.selectors.holders import holders


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


def _of_request(request: AccountRequest) -> Subject:
    return Subject(
        path=reverse("villages:account_request_detail", args=[request.pk]),
        once=request.pk,
        about=request.requesting_office.short_name,
    )
