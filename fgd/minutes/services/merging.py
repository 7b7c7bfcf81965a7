from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow import versions
from desabinaan.lib.workflow.events import record_event
from fgd.participants.models import Attendance, Delegate
from fgd.sessions.services.locking import unlocked_session


@transaction.atomic
def merge_delegates(delegate_id: int, into_id: int, *, acting_user: User) -> Delegate:
    """Merge two rows of one person into the row `into_id` and return that row.

    Minutes, the earlier attendance and missing details (telephone, position, account,
    role) move to it; the other row is deleted.
    """
    first = get_or_refuse(Delegate.objects.all(), delegate_id)
    session = unlocked_session(first.session_id, acting_user, "participant.change")
    if delegate_id == into_id:
        raise ValidationError({"into": _("Choose the other row of this person.")})
    duplicate = get_or_refuse(session.delegates.all(), delegate_id)
    remaining = get_or_refuse(session.delegates.all(), into_id)
    join_delegates(duplicate, remaining, acting_user=acting_user)
    record_event(session, "merge_delegates", acting_user)
    return remaining


def join_delegates(
    duplicate: Delegate, remaining: Delegate, *, acting_user: User
) -> None:
    """Move everything to the remaining row; the caller locked the session.

    A position that would make it the same as a third row stays away.
    """
    session, position = remaining.session, remaining.position
    versions.write_to_all(duplicate.minutes.all(), acting_user, speaker=remaining)
    _join_attendance(duplicate, remaining)
    for name in ("position", "phone", "user_id"):
        setattr(remaining, name, getattr(remaining, name) or getattr(duplicate, name))
    if remaining.part == Delegate.Part.PARTICIPANT:
        remaining.part = duplicate.part
    remaining.is_walk_in = remaining.is_walk_in and duplicate.is_walk_in
    remove_row(duplicate, within=session, acting_user=acting_user)
    others = session.delegates.exclude(pk=remaining.pk)
    if remaining.identity in {row.identity for row in others}:
        remaining.position = position
    fields = ["position", "phone", "user", "part", "is_walk_in"]
    remaining.save(
        update_fields=[*fields, *versions.next_version(remaining, acting_user)]
    )


def _join_attendance(duplicate: Delegate, remaining: Delegate) -> None:
    """Keep the earlier attendance, on the remaining row."""
    marks = Attendance.objects.filter(delegate__in=(duplicate, remaining))
    first = marks.order_by("arrived_at", "pk").first()
    if first is None:
        return
    marks.exclude(pk=first.pk).delete()
    Attendance.objects.filter(pk=first.pk).update(delegate=remaining)
