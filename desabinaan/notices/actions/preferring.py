from collections.abc import Mapping

from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.notices.models import Preference


@transaction.atomic
def set_preferences(wishes: Mapping[str, str], *, acting_user: User) -> None:
    """This person is told of each matter by the channel that `wishes` names."""
    Preference.objects.bulk_create(
        [
            Preference(user=acting_user, matter=matter, channel=channel)
            for matter, channel in wishes.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "matter"],
        update_fields=["channel"],
    )
