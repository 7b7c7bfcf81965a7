"""Who was present at a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from fgd.participants.models import Attendance
from fgd.sessions.models import Session
from fgd.sessions.services.locking import unlocked_session
from fgd.sessions.workflow import refuse_before_its_day


@dataclass(frozen=True, slots=True)
class AttendanceChange:
    """How many delegates were marked present, and how many marks were removed.

    `missing` are people to mark who are no longer on the list.
    """

    marked: int
    removed: int
    missing: int = 0


@transaction.atomic
def record_attendance(
    session_id: int,
    *,
    acting_user: User,
    present: Iterable[int] = (),
    absent: Iterable[int] = (),
    source: str = Attendance.Source.MANUAL,
    arrived_at: datetime | None = None,
) -> AttendanceChange:
    """Mark the given delegates, by id, as present and others as absent.

    Nobody is present before the day of an announced session, unless it is open.
    Delegates in neither list keep their mark, and those marked before their first time
    and source.
    """
    session = unlocked_session(session_id, acting_user, "participant.change")
    refuse_before_its_day(session)
    came = _arrival(session, arrived_at)
    wanted = set(present)
    listed = dict(
        session.delegates.filter(pk__in=wanted).values_list("pk", "attendance")
    )
    ids = {pk for pk, mark in listed.items() if mark is None}
    Attendance.objects.bulk_create(
        Attendance(
            delegate_id=pk, source=source, arrived_at=came, recorded_by=acting_user
        )
        for pk in sorted(ids)
    )
    gone, _rows = Attendance.objects.filter(
        delegate__session=session, delegate_id__in=list(absent)
    ).delete()
    if ids or gone:
        record_event(session, "record_attendance", acting_user, occurred_at=came)
    return AttendanceChange(len(ids), gone, len(wanted - listed.keys()))


def _arrival(session: Session, typed: datetime | None) -> datetime:
    """Return the typed time, the current one, or the beginning of a session over."""
    now = timezone.now()
    if typed is None:
        return session.starts_at if now > session.ends_at else now
    if typed > now:
        text = _("This time has not come yet. Enter when the person arrived.")
        raise ValidationError({"arrived": text})
    return typed
