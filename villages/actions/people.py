"""A fresh way in for somebody who forgot the password."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desabinaan.accounts import actions as accounts
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.transitions import IllegalTransition
from villages.selectors.people import people_in_area, refusal_of_code


@transaction.atomic
def issue_code(person: User, *, acting_user: User) -> tuple[PasswordTicket, str]:
    """A one-time code stands for this person; it is told once, here."""
    if not people_in_area(acting_user).filter(pk=person.pk).exists():
        raise PermissionDenied("account.issue_code")
    if why := refusal_of_code(acting_user, person):
        raise IllegalTransition(why)
    return accounts.issue_ticket(
        person, PasswordTicket.Kind.CODE, acting_user=acting_user
    )
