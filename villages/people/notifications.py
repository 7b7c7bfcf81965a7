from datetime import datetime

from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.marking import dismiss
from desabinaan.notices.services.notifying import Subject, notify
from villages.people.models import AccountRequest, ApprovalRequest
from villages.register.selectors.holders import holders


def notify_deciders(
    request: AccountRequest, by: User, occurred_at: datetime | None
) -> None:
    """Notify those who approve accounts for the office of a new request."""
    office = request.requesting_office
    people = holders("account.approve", offices=[office.parent_id or office.pk])
    notify(
        people,
        Kind.ACCOUNT_REQUESTED,
        _request_subject(request),
        by=by,
        occurred_at=occurred_at,
    )


def notify_requesting_office(
    request: AccountRequest, kind: Kind, by: User, occurred_at: datetime | None
) -> None:
    """Notify the requesting office of the decision."""
    people = holders("account.request", offices=[request.requesting_office_id])
    subject = _request_subject(request)
    dismiss(subject.path, [Kind.ACCOUNT_REQUESTED])
    notify(people, kind, subject, by=by, occurred_at=occurred_at)


def notify_approvers(approval: ApprovalRequest, occurred_at: datetime | None) -> None:
    """Notify those who may approve the request, except the person concerned."""
    office = approval.office
    people = holders(
        "account.approve_sensitive", offices=[office.parent_id or office.pk]
    )
    may_decide = people.filter(is_staff=False, is_superuser=False)
    notify(
        may_decide.exclude(pk=approval.account_id),
        Kind.APPROVAL_REQUESTED,
        _approval_subject(
            approval, reverse("people:approval_detail", args=[approval.pk])
        ),
        by=approval.requested_by,
        occurred_at=occurred_at,
    )


def notify_requester(
    approval: ApprovalRequest, kind: Kind, by: User, occurred_at: datetime | None
) -> None:
    """Notify the requester of the decision; dismiss the notices of the approvers."""
    dismiss(
        reverse("people:approval_detail", args=[approval.pk]), [Kind.APPROVAL_REQUESTED]
    )
    page = reverse("admin:people_approvalrequest_change", args=[approval.pk])
    people = User.objects.filter(pk=approval.requested_by_id)
    notify(
        people, kind, _approval_subject(approval, page), by=by, occurred_at=occurred_at
    )


def _approval_subject(approval: ApprovalRequest, path: str) -> Subject:
    return Subject(path=path, once=approval.pk, about=approval.office.short_name)


def _request_subject(request: AccountRequest) -> Subject:
    return Subject(
        path=reverse("people:account_request_detail", args=[request.pk]),
        once=request.pk,
        about=request.requesting_office.short_name,
    )
