"""Two at once: a ticket is used once, and wrong tries are all counted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desabinaan.accounts import services
from desabinaan.accounts.models import PasswordTicket
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*operations: Callable[[], Any]) -> list[Any]:
    """Return the result of each operation, all started at the same time."""
    start = Barrier(len(operations))

    def run(operation: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return operation()
        except IllegalTransition as too_late:
            return too_late
        finally:
            connection.close()

    with ThreadPoolExecutor(len(operations)) as threads:
        return list(threads.map(run, operations))


def test_a_ticket_used_by_two_at_once_is_used_by_one() -> None:
    user = make_user("desa.lontar")
    ticket, _secret = services.issue_ticket(user, "link", acting_user=None)
    words = [f"kata kata nomor {number}" for number in range(4)]
    answers = at_once(
        *(lambda each=each: services.use_ticket(ticket.pk, each) for each in words)
    )
    lost = [answer for answer in answers if isinstance(answer, IllegalTransition)]
    assert len(lost) == 3
    user.refresh_from_db()
    assert sum(user.check_password(each) for each in words) == 1


def test_wrong_tries_at_once_are_all_counted() -> None:
    user = make_user("desa.lontar")
    services.issue_ticket(user, "code", acting_user=None)
    at_once(*[lambda: services.try_code("desa.lontar", "AAAAA-AAAAA")] * 8)
    ticket = PasswordTicket.objects.get()
    assert ticket.wrong_tries == 5
    assert ticket.ended_at is not None


def test_tickets_issued_at_once_leave_one_open() -> None:
    user = make_user("desa.lontar")
    at_once(*[lambda: services.issue_ticket(user, "code", acting_user=None)] * 4)
    assert PasswordTicket.objects.open().count() == 1


def test_tickets_for_several_accounts_lock_them_in_the_order_of_their_ids() -> None:
    users = [make_user("desa.lontar"), make_user("desa.kronjo")]
    officer = make_user("serang")
    with CaptureQueriesContext(connection) as captured:
        services.issue_tickets(users[::-1], "code", acting_user=officer)
    locking = [q["sql"] for q in captured.captured_queries if "FOR UPDATE" in q["sql"]]
    assert 'ORDER BY "accounts_user"."id" ASC FOR UPDATE OF' in locking[0]
