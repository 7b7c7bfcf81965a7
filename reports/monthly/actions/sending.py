"""What the village sends, or an officer for it: drafts and numbered versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.editing import StaleEdit
from desabinaan.lib.transitions import IllegalTransition, step
from reports.monthly.actions.moving import last_hand, locked, move
from reports.monthly.models import FIGURES, MonthlyReport, ReportSlot, ReportVersion
from reports.monthly.workflow import REPORT

PORTAL = MonthlyReport.Channel.PORTAL
BEFORE_ANY_REPORT = (ReportSlot.Status.OPEN, ReportSlot.Status.EXCUSED)


@dataclass(frozen=True, slots=True)
class Sent:
    """The version that stands now; `is_repeat` when it had arrived before."""

    version: ReportVersion
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class _Sending:
    """What one form carries. `seen` is the report's version when it was opened."""

    figures: Mapping[str, int]
    client_uuid: UUID
    seen: int
    is_nil: bool
    channel: str


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What stands before this sending; `version_of_form` when it is a repeated one."""

    report: MonthlyReport | None = None
    last_number: int = 0
    version_of_form: int | None = None


def submit(
    slot: ReportSlot,
    *,
    figures: Mapping[str, int],
    client_uuid: UUID,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Sent:
    """The month's figures are sent; a repeated `client_uuid` changes nothing.

    `seen` is the report's version when the form was opened, 0 without a report.
    """
    sending = _Sending(_whole(figures), client_uuid, seen, False, PORTAL)
    return _deliver(slot, "submit", sending, acting_user, occurred_at)


def submit_nil(
    slot: ReportSlot,
    *,
    client_uuid: UUID,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Sent:
    """The month is sent as one in which nothing happened."""
    sending = _Sending(_whole({}), client_uuid, seen, True, PORTAL)
    return _deliver(slot, "submit", sending, acting_user, occurred_at)


def enter_on_behalf(
    slot: ReportSlot,
    *,
    figures: Mapping[str, int],
    is_nil: bool,
    channel: str,
    client_uuid: UUID,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Sent:
    """What the village told by `channel` is sent in its name, and marked so."""
    sending = _Sending(_whole(figures), client_uuid, seen, is_nil, channel)
    return _deliver(slot, "enter_on_behalf", sending, acting_user, occurred_at)


@transaction.atomic
def save_draft(
    slot: ReportSlot,
    *,
    figures: Mapping[str, int],
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> MonthlyReport:
    """The figures are kept for later, visible to whoever follows in the village."""
    slot = locked(slot)
    access.require(acting_user, "report.submit", slot)
    step(REPORT, "save_draft", slot.status)
    whole = _whole(figures)
    report = MonthlyReport.objects.filter(slot=slot).first()
    if report and report.version != seen:
        if report.entered_by_id == acting_user.pk and _figures_of(report) == whole:
            return report  # a second click on the same button
        raise StaleEdit(*last_hand(slot))
    values = {**whole, "is_nil": False, "channel": PORTAL, "entered_by": acting_user}
    report = _write(slot, report, values)
    move(slot, "save_draft", acting_user=acting_user, occurred_at=occurred_at)
    return report


def _deliver(
    slot: ReportSlot,
    verb: str,
    sending: _Sending,
    acting_user: User,
    occurred_at: datetime | None,
) -> Sent:
    try:
        return _deliver_once(slot, verb, sending, acting_user, occurred_at)
    except IntegrityError:
        # Under the slot's lock only another slot can hold the form's number.
        if not ReportVersion.objects.filter(client_uuid=sending.client_uuid).exists():
            raise
        raise IllegalTransition(
            _(
                "This form was already sent for another month. "
                "Open the form of this month again."
            )
        ) from None


@transaction.atomic
def _deliver_once(
    slot: ReportSlot,
    verb: str,
    sending: _Sending,
    acting_user: User,
    occurred_at: datetime | None,
) -> Sent:
    slot = locked(slot)
    access.require(acting_user, REPORT[verb].capability, slot)
    earlier = _earlier(slot, sending.client_uuid)
    if earlier.version_of_form:
        return _sent_before(earlier.version_of_form, sending)
    step(REPORT, verb, slot.status)
    if sending.seen != (earlier.report.version if earlier.report else 0):
        raise StaleEdit(*last_hand(slot))
    moment = occurred_at or timezone.now()
    values = _arrived(sending, acting_user, moment)
    version = ReportVersion.objects.create(
        report=_write(slot, earlier.report, values),
        number=earlier.last_number + 1,
        client_uuid=sending.client_uuid,
        figures=sending.figures,
        is_nil=sending.is_nil,
        channel=sending.channel,
        submitted_by=acting_user,
        submitted_at=moment,
    )
    move(slot, verb, acting_user=acting_user, occurred_at=moment)
    return Sent(version, is_repeat=False)


def _earlier(slot: ReportSlot, client_uuid: UUID) -> _Earlier:
    """Read after the slot's lock: what was joined to it may be older."""
    if slot.status in BEFORE_ANY_REPORT:
        return _Earlier()
    made = ReportVersion.objects.filter(report=OuterRef("pk"))
    by_this_form = made.filter(client_uuid=client_uuid)
    report = MonthlyReport.objects.annotate(
        last_number=Coalesce(
            Subquery(made.order_by("-number").values("number")[:1]), 0
        ),
        version_of_form=Subquery(by_this_form.values("pk")[:1]),
    ).get(slot=slot)
    return _Earlier(report, report.last_number, report.version_of_form)


def _sent_before(version_id: int, sending: _Sending) -> Sent:
    version = ReportVersion.objects.select_related("report").get(pk=version_id)
    same = (version.figures, version.is_nil, version.channel) == (
        sending.figures,
        sending.is_nil,
        sending.channel,
    )
    if not same:
        when = timezone.localtime(version.submitted_at)
        raise ValidationError(
            _(
                "We already received this form on %(when)s with other figures. "
                "Nothing was changed. To replace them, send once more."
            )
            % {"when": date_format(when, "DATETIME_FORMAT")}
        )
    return Sent(version, is_repeat=True)


def _arrived(sending: _Sending, acting_user: User, moment: datetime) -> dict[str, Any]:
    return {
        **sending.figures,
        "is_nil": sending.is_nil,
        "channel": sending.channel,
        "entered_by": acting_user,
        "submitted_at": moment,
        "verified_by": None,
        "verified_at": None,
    }


def _write(
    slot: ReportSlot, report: MonthlyReport | None, values: Mapping[str, Any]
) -> MonthlyReport:
    if report is None:
        return MonthlyReport.objects.create(slot=slot, **values)
    for name, value in values.items():
        setattr(report, name, value)
    report.version += 1
    report.save(update_fields=[*values, "version"])
    return report


def _whole(figures: Mapping[str, int]) -> dict[str, int]:
    """All figures of the form and nothing else; what is missing counts as 0."""
    return {name: figures.get(name, 0) for name in FIGURES}


def _figures_of(report: MonthlyReport) -> dict[str, int]:
    return {name: getattr(report, name) for name in FIGURES}
