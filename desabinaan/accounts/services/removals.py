from django.db.models import Model

from desabinaan.accounts.models import Removal, User
from desabinaan.accounts.removals import key_of


def remove_row(row: Model, *, within: Model, acting_user: User) -> None:
    """Delete the row; who still has its form open learns who removed it and when.

    The caller has locked `within`, the object that the row belongs to.
    """
    Removal.objects.create(
        model=row._meta.label_lower,
        object_id=row.pk,
        within=key_of(within),
        removed_by=acting_user,
    )
    row.delete()
