from collections.abc import Mapping

from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.notices.models import Preference


@transaction.atomic
def set_preferences(channels: Mapping[str, str], *, acting_user: User) -> None:
    """Set the channel of each category in `channels` for this user."""
    Preference.objects.bulk_create(
        [
            Preference(user=acting_user, category=category, channel=channel)
            for category, channel in channels.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "category"],
        update_fields=["channel"],
    )
