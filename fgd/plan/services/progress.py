"""Progress reports on an action, and its evidence files."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import CleanFile, stored_together
from desabinaan.lib.workflow import checks
from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.plan.models import Action, Evidence, ProgressUpdate
from fgd.plan.selectors.evidence import evidence_villages
from fgd.plan.selectors.representatives import reporting_parties
from fgd.plan.services import follow_up
from fgd.plan.services.locking import agreed_action

LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A cleaned file, what it shows, and the village for which it is filed."""

    file: CleanFile
    title: str
    village_id: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A progress report; `party` is a key such as "agency:3"."""

    party: str
    percent: int
    text: str
    occurred_on: date
    evidence_file: EvidenceFile | None = None


def report_progress(
    action_id: int, progress: Progress, *, acting_user: User
) -> ProgressUpdate:
    """Save a progress report with its evidence; start the action if needed."""
    when = moment_of(progress.occurred_on)
    with stored_together() as stored:
        action = agreed_action(action_id)
        party = reporting_parties(action, acting_user).get(progress.party)
        if party is None:
            raise PermissionDenied("action.report")
        part_of = "" if party.leads else party.name
        follow_up.record_progress(
            action, progress.percent, acting_user, checks.moment(when), part_of=part_of
        )
        update = ProgressUpdate.objects.create(
            action=action,
            percent=progress.percent,
            text=progress.text,
            agency_id=party.pk if party.kind == "agency" else None,
            village_id=party.pk if party.kind == "village" else None,
            is_on_behalf=not party.is_own,
            occurred_on=progress.occurred_on,
            reported_by=acting_user,
        )
        if progress.evidence_file:
            evidence = _evidence(action, progress.evidence_file, acting_user, update)
            stored.append(evidence.file)
            _attach(evidence, acting_user, when)
    return update


def moment_of(day: date) -> datetime | None:
    """Return noon of a past day; None for today, when the clock is exact."""
    if day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time(12)))


# --- Evidence ----------------------------------------------------------------


def add_evidence(
    action_id: int,
    evidence_file: EvidenceFile,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Evidence:
    """Add an evidence file to the action, or for one of its villages."""
    with stored_together() as stored:
        action = agreed_action(action_id)
        allowed = evidence_villages(action, acting_user)
        if not allowed.allow(evidence_file.village_id):
            raise PermissionDenied("evidence.add")
        evidence = _evidence(action, evidence_file, acting_user)
        stored.append(evidence.file)
        _attach(evidence, acting_user, occurred_at)
    return evidence


def _evidence(
    action: Action,
    evidence_file: EvidenceFile,
    user: User,
    update: ProgressUpdate | None = None,
) -> Evidence:
    title = evidence_file.title or (update.text if update else "")
    return Evidence(
        action=action,
        update=update,
        village_id=update.village_id if update else evidence_file.village_id,
        title=Truncator(" ".join(title.split())).chars(LONGEST_TITLE),
        file=evidence_file.file.content,
        content_type=evidence_file.file.content_type,
        size=evidence_file.file.size,
        sha256=evidence_file.file.sha256,
        uploaded_by=user,
    )


def _attach(evidence: Evidence, user: User, when: datetime | None) -> None:
    """Count and store the evidence; ValidationError for a file already attached."""
    follow_up.count_evidence(evidence.action, user, occurred_at=when)
    same = Evidence.objects.not_withdrawn().filter(
        action_id=evidence.action_id, sha256=evidence.sha256
    )
    if same.exists():
        raise ValidationError({"file": _("This file is already attached.")})
    evidence.save()


@transaction.atomic
def withdraw_evidence(evidence_id: int, *, reason: str, acting_user: User) -> Evidence:
    """Withdraw evidence with a reason; its row and file are kept."""
    unlocked = Evidence.objects.get(pk=evidence_id)
    action = follow_up.add_evidence_count(
        unlocked.action_id, acting_user=acting_user, by=-1
    )
    # Read again, because the row may have changed before the action was locked.
    evidence = Evidence.objects.get(pk=evidence_id)
    if action.status == Action.Status.REPORTED_DONE:
        raise IllegalTransition(
            _(
                "The action is reported done, its evidence stays as it is. "
                "Return the action first."
            )
        )
    if evidence.withdrawn_at:
        raise IllegalTransition(_("This evidence has already been withdrawn."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the evidence is withdrawn.")})
    evidence.withdrawn_at = timezone.now()
    evidence.withdrawn_by = acting_user
    evidence.withdrawn_reason = reason.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return evidence
