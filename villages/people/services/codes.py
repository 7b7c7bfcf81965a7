"""One-time codes for people who forgot their password."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desabinaan.accounts import services as account_services
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.people.selectors.people import people_in_area, refusal_of_code


@transaction.atomic
def issue_code(person: User, *, acting_user: User) -> tuple[PasswordTicket, str]:
    """Issue a one-time code for this person; the code is returned only once."""
    if not people_in_area(acting_user).filter(pk=person.pk).exists():
        raise PermissionDenied("account.issue_code")
    if why := refusal_of_code(acting_user, person):
        raise IllegalTransition(why)
    return account_services.issue_ticket(
        person, PasswordTicket.Kind.CODE, acting_user=acting_user
    )
