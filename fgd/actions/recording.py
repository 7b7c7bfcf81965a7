"""The event row each deed leaves, and the moment it bears."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from fgd.models import Action, FgdEvent, Session
from fgd.models.versions import Versioned


def moment(occurred_at: datetime | None) -> datetime:
    """When it happened: the clock, unless the past was entered."""
    now = timezone.now()
    if occurred_at is not None and occurred_at > now:
        text = _("This day has not come yet. Enter when it happened.")
        raise ValidationError({"occurred_at": text})
    return occurred_at or now


def on_session(
    session: Session,
    verb: str,
    acting_user: User,
    *,
    occurred_at: datetime | None = None,
    from_status: str = "",
    note: str = "",
) -> FgdEvent:
    """The session's timeline holds this deed; without `from_status` no state moved."""
    return FgdEvent.objects.create(
        session=session,
        actor=acting_user,
        verb=verb,
        from_status=from_status,
        to_status=session.status if from_status else "",
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )


def on_action(
    action: Action,
    verb: str,
    acting_user: User,
    *,
    occurred_at: datetime | None = None,
    from_status: str = "",
    note: str = "",
) -> FgdEvent:
    """The action's history holds this deed; without `from_status` no state moved."""
    return FgdEvent.objects.create(
        action=action,
        actor=acting_user,
        verb=verb,
        from_status=from_status,
        to_status=action.status if from_status else "",
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )


def changed(row: Versioned, acting_user: User) -> list[str]:
    """The row bears its next version; answers the fields to save for it."""
    row.version += 1
    row.changed_by = acting_user
    row.changed_at = timezone.now()
    return ["version", "changed_by", "changed_at"]


def required(name: str, text: str, sentence: str) -> str:
    """`text` without margins; ValidationError on field `name` when nothing is left."""
    kept = text.strip()
    if not kept:
        raise ValidationError({name: sentence})
    return kept
