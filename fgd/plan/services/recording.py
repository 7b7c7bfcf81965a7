from datetime import datetime

from django.utils import timezone

from desabinaan.accounts.models import User
from fgd.plan.models import Action, ActionEvent


def on_action(
    action: Action,
    verb: str,
    acting_user: User,
    *,
    occurred_at: datetime | None = None,
    from_status: str = "",
    note: str = "",
) -> ActionEvent:
    """Record an event of the action; without `from_status` its state is unchanged."""
    return ActionEvent.objects.create(
        action=action,
        actor=acting_user,
        verb=verb,
        from_status=from_status,
        to_status=action.status if from_status else "",
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )
