"""What is told of an action, and the files that show it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.files import CleanFile, stored_together
from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import follow_up
from fgd.models import Action
from reports.followup.models import Evidence, ProgressUpdate
from reports.followup.selectors.speakers import Speaker, speakers

LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Piece:
    """A cleaned file and what it shows."""

    file: CleanFile
    title: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told: for whom (`party`, a key such as "agency:3"), how far, when."""

    party: str
    percent: int
    text: str
    occurred_on: date
    client_uuid: UUID
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The progress as it stands; `is_repeat` when it had been sent before."""

    update: ProgressUpdate
    is_repeat: bool = False


def report_progress(action_id: int, progress: Progress, *, acting_user: User) -> Told:
    """The progress is told, with its evidence; the action has started.

    A repeated `client_uuid` changes nothing and answers with the first one.
    """
    try:
        return Told(_report(action_id, progress, acting_user))
    except (IntegrityError, IllegalTransition, ValidationError):
        sent = ProgressUpdate.objects.filter(client_uuid=progress.client_uuid).first()
        if sent is None:
            raise
        return _repeat(sent, action_id, acting_user)


def _repeat(sent: ProgressUpdate, action_id: int, user: User) -> Told:
    if (sent.action_id, sent.reported_by_id) != (action_id, user.pk):
        raise ValidationError(
            _("This form was used before. Open the page again and send it anew.")
        )
    return Told(sent, is_repeat=True)


def _report(action_id: int, progress: Progress, user: User) -> ProgressUpdate:
    when = moment_of(progress.occurred_on)
    with stored_together() as stored:
        action = follow_up.set_progress(
            action_id, percent=progress.percent, acting_user=user, occurred_at=when
        )
        speaker = _speaker(action, progress.party, user)
        update = ProgressUpdate.objects.create(
            action=action,
            percent=progress.percent,
            text=progress.text,
            agency_id=speaker.pk if speaker.kind == "agency" else None,
            village_id=speaker.pk if speaker.kind == "village" else None,
            is_on_behalf=not speaker.is_own,
            occurred_on=progress.occurred_on,
            reported_by=user,
            client_uuid=progress.client_uuid,
        )
        if progress.piece:
            evidence = _evidence(action, progress.piece, user, update)
            stored.append(evidence.file)
            _attach(evidence, user, when)
    return update


def _speaker(action: Action, party: str, user: User) -> Speaker:
    speaker = speakers(action, user).get(party)
    if speaker is None:
        raise PermissionDenied("action.report")
    return speaker


def moment_of(day: date) -> datetime | None:
    """Noon of a past day; nothing for today, when the clock tells it better."""
    if day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time(12)))


# --- Evidence ----------------------------------------------------------------


def add_evidence(
    action_id: int,
    piece: Piece,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Evidence:
    """The action has one piece of evidence more."""
    action = Action.objects.get(pk=action_id)
    evidence = _evidence(action, piece, acting_user)
    with stored_together() as stored:
        stored.append(evidence.file)
        _attach(evidence, acting_user, occurred_at)
    return evidence


def _evidence(
    action: Action, piece: Piece, user: User, update: ProgressUpdate | None = None
) -> Evidence:
    told = piece.title or (update.text if update else "")
    return Evidence(
        action=action,
        update=update,
        title=Truncator(" ".join(told.split())).chars(LONGEST_TITLE),
        file=piece.file.content,
        content_type=piece.file.content_type,
        size=piece.file.size,
        sha256=piece.file.sha256,
        uploaded_by=user,
    )


def _attach(evidence: Evidence, user: User, when: datetime | None) -> None:
    """Count under the action's lock, then store; the same file is not stored twice."""
    follow_up.add_evidence_count(evidence.action_id, acting_user=user, occurred_at=when)
    same = Evidence.objects.standing().filter(
        action_id=evidence.action_id, sha256=evidence.sha256
    )
    if same.exists():
        raise ValidationError({"file": _("This file is already attached.")})
    try:
        evidence.save()
    except OSError as full:
        raise ValidationError(
            {
                "file": _(
                    "The portal cannot store files at the moment. "
                    "Send your text without the file, and add the file later."
                )
            }
        ) from full


@transaction.atomic
def withdraw_evidence(evidence_id: int, *, reason: str, acting_user: User) -> Evidence:
    """The piece no longer counts; row and file stay, the reason stands beside them."""
    found = Evidence.objects.get(pk=evidence_id)
    action = follow_up.add_evidence_count(
        found.action_id, acting_user=acting_user, by=-1
    )
    evidence = Evidence.objects.get(pk=evidence_id)  # anew, under the action's lock
    if action.status == Action.Status.REPORTED_DONE:
        raise IllegalTransition(
            _(
                "The action is reported done, its evidence stays as it is. "
                "Return the action first."
            )
        )
    if evidence.withdrawn_at:
        raise IllegalTransition(_("This evidence was withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the evidence is withdrawn.")})
    evidence.withdrawn_at = timezone.now()
    evidence.withdrawn_by = acting_user
    evidence.withdrawn_reason = reason.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return evidence
