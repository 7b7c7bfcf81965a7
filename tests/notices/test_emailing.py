"""Letters: at least once, none lost, none to whom it does not concern."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices import services
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from desabinaan.notices.services import MailServerAway, send_due_emails
from tests.dataset import Dataset
from tests.notices.sent_notices import notify, reached


@contextmanager
def server_says(problem: Exception) -> Iterator[None]:
    """The mail server answers every e-mail with this."""
    with patch.object(EmailBackend, "send_messages", side_effect=problem):
        yield


def make_due() -> None:
    """Time has passed: whatever is to be posted is due."""
    waiting = Notice.objects.exclude(mail_due_at=None)
    waiting.update(mail_due_at=timezone.now() - timedelta(minutes=1))


def test_a_letter_holds_a_sentence_and_a_link_in_the_recipients_language(
    dataset: Dataset, settings
) -> None:
    settings.PORTAL_URL = "https://portal.example"
    official = reached(dataset.people["official"], language="id")
    notify(official)
    assert send_due_emails() == 1
    [email] = mail.outbox
    assert email.to == [official.email]
    assert "dikembalikan. Silakan perbaiki." in email.subject
    assert "https://portal.example/laporan/bulanan/\n" in email.body
    assert "https://portal.example/pemberitahuan/pengaturan/" in email.body
    assert official.name not in f"{email.subject} {email.body}"


def test_an_email_is_in_english_for_who_chose_it(dataset: Dataset) -> None:
    User.objects.filter(username="official").update(language="en")
    notify(reached(dataset.people["official"]))
    send_due_emails()
    assert "was returned. Please correct it." in mail.outbox[0].subject


def test_a_name_with_an_apostrophe_stays_as_it_is(dataset: Dataset) -> None:
    notice = notify(reached(dataset.people["official"]))
    Notice.objects.filter(pk=notice.pk).update(about="Ma'mun & Jati")
    send_due_emails()
    assert "Ma'mun & Jati" in mail.outbox[0].body


def test_a_posted_letter_is_not_posted_again(dataset: Dataset) -> None:
    notice = notify(reached(dataset.people["official"]))
    assert [send_due_emails(), send_due_emails()] == [1, 0]
    notice.refresh_from_db()
    assert notice.mailed_at is not None
    assert notice.mail_due_at is None


def test_a_letter_sent_twice_bears_the_same_number(dataset: Dataset) -> None:
    notify(reached(dataset.people["official"]))
    send_due_emails()
    now = timezone.now()
    Notice.objects.update(mailed_at=None, mail_due_at=now)  # killed before commit
    send_due_emails()
    numbers = [email.extra_headers["Message-ID"] for email in mail.outbox]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_through_an_hour_of_a_dead_server_nothing_is_lost(dataset: Dataset) -> None:
    notify(reached(dataset.people["official"]))
    notify(reached(dataset.people["pimpasa"]), Kind.REPORT_SUBMITTED)
    make_due()
    with server_says(SMTPServerDisconnected("away")):
        for _minute in range(60):
            with pytest.raises(MailServerAway):
                send_due_emails()
    assert mail.outbox == []
    assert send_due_emails() == 2
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_the_log_of_a_dead_server_names_no_address(dataset: Dataset) -> None:
    official = reached(dataset.people["official"])
    notify(official)
    with (
        server_says(ConnectionRefusedError(official.email)),
        pytest.raises(MailServerAway) as error,
    ):
        send_due_emails()
    assert str(error.value) == "ConnectionRefusedError"


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({"x": (550, b"no such box")}),
        SMTPDataError(554, b"spam"),
        ValueError("bad address"),
    ],
)
def test_a_refused_letter_waits_longer_each_time_and_is_given_up(
    dataset: Dataset, refusal: Exception
) -> None:
    notice = notify(reached(dataset.people["official"]))
    pauses = []
    with server_says(refusal):
        for _try in range(5):
            assert send_due_emails() == 0
            notice.refresh_from_db()
            if notice.mail_due_at:
                pauses.append(notice.mail_due_at)
            make_due()
    assert len(pauses) == 4
    assert (notice.refusals, notice.mail_due_at, notice.mailed_at) == (5, None, None)


def test_one_refused_letter_holds_up_no_other(dataset: Dataset) -> None:
    notify(reached(dataset.people["official"], "baris\nbaru@example.org"))
    notify(reached(dataset.people["pimpasa"]))
    assert send_due_emails() == 1
    assert mail.outbox[0].to == [f"{dataset.people['pimpasa'].pk}@example.org"]


def test_a_digest_lists_everything_in_one_email_each(dataset: Dataset) -> None:
    for name in ("serang", "serang2"):
        user = reached(dataset.people[name])
        for once in range(3):
            notify(user, Kind.REPORT_SUBMITTED, once)
    assert send_due_emails() == 0  # not yet morning
    make_due()
    assert [send_due_emails(), send_due_emails()] == [2, 0]
    assert {email.body.count("sudah masuk") for email in mail.outbox} == {3}
    assert mail.outbox[0].subject == "Portal Desa Binaan: 3 pemberitahuan"


def test_what_was_read_meanwhile_is_not_posted(dataset: Dataset) -> None:
    official = reached(dataset.people["official"])
    services.mark_read(notify(official), acting_user=official)
    assert send_due_emails() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_a_closed_account_or_lost_address_gets_no_letter(
    dataset: Dataset, change: dict[str, object]
) -> None:
    official = reached(dataset.people["official"])
    notify(official)
    User.objects.filter(pk=official.pk).update(**change)
    assert send_due_emails() == 0
    assert not Notice.objects.exclude(mail_due_at=None).exists()


def test_the_command_reports_a_dead_server(dataset: Dataset, capsys) -> None:
    notify(reached(dataset.people["official"]))
    with (
        server_says(SMTPServerDisconnected("away")),
        pytest.raises(CommandError, match="SMTPServerDisconnected"),
    ):
        call_command("send_due_emails")
    call_command("send_due_emails")
    assert capsys.readouterr().out == "1 e-mails sent.\n"


@contextmanager
def locked_by_another(rows: str) -> Iterator[None]:
    """A second connection holds these rows; to wait for them would be a mistake."""
    other = connection.copy()
    try:
        with other.cursor() as other_cursor, connection.cursor() as own_cursor:
            other_cursor.execute("BEGIN")
            other_cursor.execute(rows)
            own_cursor.execute("SET lock_timeout = '2s'")
            yield
            own_cursor.execute("RESET lock_timeout")
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "locked"),
    [
        (Kind.REPORT_RETURNED, "SELECT FROM notices_notice FOR UPDATE"),
        (Kind.REPORT_SUBMITTED, "SELECT FROM accounts_user FOR NO KEY UPDATE"),
    ],
)
def test_a_letter_that_another_worker_is_posting_is_left_to_it(
    dataset: Dataset, kind: Kind, locked: str
) -> None:
    notify(reached(dataset.people["official"]), kind)
    make_due()
    with locked_by_another(locked):
        assert send_due_emails() == 0
    assert send_due_emails() == 1
