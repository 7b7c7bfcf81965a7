"""Drafts and numbered versions, sent by the village or by an officer for it."""

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.lib.workflow.versions import StaleEdit
from reports.monthly.models import FIGURES, MonthlyReport, ReportSlot, ReportVersion
from reports.monthly.services.slot_transitions import (
    apply_transition,
    last_editor,
    locked,
)
from reports.monthly.workflow import REPORT

PORTAL = MonthlyReport.Channel.PORTAL
_NOTHING_FILLED_IN = gettext_lazy(
    "Fill in at least one figure. If nothing happened, send a nil report."
)
BEFORE_ANY_REPORT = (ReportSlot.Status.OPEN, ReportSlot.Status.EXCUSED)


@dataclass(frozen=True, slots=True)
class SendResult:
    """The saved version; `is_repeat` when the same form had arrived before."""

    version: ReportVersion
    is_repeat: bool


def submit(
    slot: ReportSlot,
    *,
    figures: Mapping[str, int],
    client_uuid: UUID,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
    is_nil: bool = False,
    drops_figures: bool = False,
    channel: str = PORTAL,
) -> SendResult:
    """Send the month's figures; a repeated `client_uuid` changes nothing.

    A nil report of a month that has figures needs `drops_figures`. `seen` is the
    report's version when the form was opened, 0 without a report. A `channel` other
    than the portal means that an officer enters it for the village.
    """
    verb = "submit" if channel == PORTAL else "enter_on_behalf"
    figures = _all_figures(figures)
    content: dict[str, Any] = {"is_nil": is_nil, "channel": channel}
    sent = {"figures": figures} | content
    try:
        with transaction.atomic():
            slot = locked(slot)
            access.require(acting_user, REPORT[verb].capability, slot)
            report, last, repeated = _report_and_versions(slot, client_uuid, sent)
            if repeated:
                return _repeat(repeated, sent)
            check_transition(REPORT, verb, slot.status, slot)
            if seen != (report.version if report else 0):
                raise StaleEdit(*last_editor(slot))
            _refuse_unclear(figures, None if drops_figures else report, is_nil=is_nil)
            content["submitted_at"] = occurred_at or timezone.now()
            people = {"entered_by": acting_user, "verified_by": None}
            values = {**figures, **content, **people, "verified_at": None, "draft": {}}
            version = ReportVersion.objects.create(
                report=_write(slot, report, values),
                number=last + 1,
                client_uuid=client_uuid,
                figures=figures,
                submitted_by=acting_user,
                **content,
            )
            apply_transition(
                slot, verb, acting_user=acting_user, occurred_at=version.submitted_at
            )
    except IntegrityError as error:
        raise _refusal_of_form(client_uuid, error) from None
    return SendResult(version, is_repeat=False)


def submit_nil(
    slot: ReportSlot,
    *,
    client_uuid: UUID,
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
    drops_figures: bool = False,
) -> SendResult:
    """Send the month as one in which nothing happened.

    `drops_figures` says that figures entered before no longer count.
    """
    return submit(
        slot,
        figures={},
        client_uuid=client_uuid,
        seen=seen,
        acting_user=acting_user,
        occurred_at=occurred_at,
        is_nil=True,
        drops_figures=drops_figures,
    )


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
) -> SendResult:
    """Send in the village's name what it reported by `channel`, and mark it so."""
    return submit(
        slot,
        figures=figures,
        client_uuid=client_uuid,
        seen=seen,
        acting_user=acting_user,
        occurred_at=occurred_at,
        is_nil=is_nil,
        drops_figures=is_nil,
        channel=channel,
    )


@transaction.atomic
def save_draft(
    slot: ReportSlot,
    *,
    typed: Mapping[str, str],
    seen: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> MonthlyReport:
    """Keep what was typed for later, visible to the village's other officials.

    Blanks stay blank, and figures that contradict each other stay as they are.
    """
    slot = locked(slot)
    access.require(acting_user, "report.submit", slot)
    check_transition(REPORT, "save_draft", slot.status, slot)
    draft = {name: text for name in FIGURES if (text := typed.get(name, "").strip())}
    report = MonthlyReport.objects.filter(slot=slot).first()
    if report and report.version != seen:
        if report.entered_by_id == acting_user.pk and report.draft == draft:
            return report  # a second click on the same button
        raise StaleEdit(*last_editor(slot))
    values = {"draft": draft, "channel": PORTAL, "entered_by": acting_user}
    report = _write(slot, report, {**dict.fromkeys(FIGURES), **values})
    apply_transition(
        slot, "save_draft", acting_user=acting_user, occurred_at=occurred_at
    )
    return report


def _report_and_versions(
    slot: ReportSlot, client_uuid: UUID, sent: Mapping[str, Any]
) -> tuple[MonthlyReport | None, int, int | None]:
    """Return the report, its last number, and the version this form already made.

    That is the last version, too, if it waits for the officer and says just what is
    `sent`: browsers ask for a new form after "Back", and nothing changes. Read after
    the slot is locked: what was joined to the slot may be older.
    """
    if slot.status in BEFORE_ANY_REPORT:
        return None, 0, None
    versions = ReportVersion.objects.filter(report=OuterRef("pk"))
    report = MonthlyReport.objects.annotate(
        last_number=Coalesce(
            Subquery(versions.order_by("-number").values("number")[:1]), 0
        ),
        repeated=Subquery(versions.filter(client_uuid=client_uuid).values("pk")[:1]),
    ).get(slot=slot)
    repeated = report.repeated
    if repeated is None and slot.status == ReportSlot.Status.SUBMITTED:
        last = report.versions.filter(number=report.last_number, **sent)
        repeated = last.values_list("pk", flat=True).first()
    return report, report.last_number, repeated


def _refuse_unclear(
    figures: Mapping[str, int], kept: MonthlyReport | None, *, is_nil: bool
) -> None:
    """Refuse a blank report, and a nil report over the figures of `kept`."""
    if not (is_nil or any(figures.values())):
        raise ValidationError(_NOTHING_FILLED_IN, "blank")
    if is_nil and kept and kept.has_figures:
        text = _(
            "This month already has figures. Confirm that nothing happened, or send "
            "the figures."
        )
        raise ValidationError(text, "has_figures")


def _repeat(version_id: int, content: Mapping[str, Any]) -> SendResult:
    """Return the version that the form made before; refuse other content."""
    version = ReportVersion.objects.select_related("report").get(pk=version_id)
    if any(getattr(version, name) != value for name, value in content.items()):
        raise ValidationError(
            _(
                "We already received this form on %(when)s with other figures. "
                "Nothing was changed. To replace them, send once more."
            )
            % {"when": local_time(version.submitted_at)}
        )
    return SendResult(version, is_repeat=True)


def _refusal_of_form(client_uuid: UUID, error: IntegrityError) -> Exception:
    """Return what to raise: under the slot's lock only another slot has the form."""
    if not ReportVersion.objects.filter(client_uuid=client_uuid).exists():
        return error
    return IllegalTransition(
        _(
            "This form was already sent for another month. "
            "Open the form of this month again."
        )
    )


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


def _all_figures(figures: Mapping[str, int]) -> dict[str, int]:
    """Return all figures of the form and nothing else; a missing one counts as 0."""
    return {name: figures.get(name, 0) for name in FIGURES}
