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
from desabinaan.notices import actions
from desabinaan.notices.actions import MailServerAway, post_letters
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from tests.notices.telling import reached, tell
from tests.world import World


@contextmanager
def server_says(problem: Exception) -> Iterator[None]:
    """The mail server answers every letter with this."""
    with patch.object(EmailBackend, "send_messages", side_effect=problem):
        yield


def make_due() -> None:
    """Time has passed: whatever is to be posted is due."""
    waiting = Notice.objects.exclude(mail_due_at=None)
    waiting.update(mail_due_at=timezone.now() - timedelta(minutes=1))


def test_a_letter_holds_a_sentence_and_a_link_in_the_recipients_language(
    world: World, settings
) -> None:
    settings.PORTAL_URL = "https://portal.example"
    official = reached(world.people["official"], language="id")
    tell(official)
    assert post_letters() == 1
    [letter] = mail.outbox
    assert letter.to == [official.email]
    assert "dikembalikan. Silakan perbaiki." in letter.subject
    assert "https://portal.example/laporan/bulanan/\n" in letter.body
    assert "https://portal.example/pemberitahuan/pengaturan/" in letter.body
    assert official.name not in f"{letter.subject} {letter.body}"


def test_a_letter_speaks_english_to_who_chose_it(world: World) -> None:
    User.objects.filter(username="official").update(language="en")
    tell(reached(world.people["official"]))
    post_letters()
    assert "came back. Please correct it." in mail.outbox[0].subject


def test_a_name_with_an_apostrophe_stays_as_it_is(world: World) -> None:
    notice = tell(reached(world.people["official"]))
    Notice.objects.filter(pk=notice.pk).update(about="Ma'mun & Jati")
    post_letters()
    assert "Ma'mun & Jati" in mail.outbox[0].body


def test_a_posted_letter_is_not_posted_again(world: World) -> None:
    notice = tell(reached(world.people["official"]))
    assert [post_letters(), post_letters()] == [1, 0]
    notice.refresh_from_db()
    assert notice.mailed_at is not None
    assert notice.mail_due_at is None


def test_a_letter_sent_twice_bears_the_same_number(world: World) -> None:
    tell(reached(world.people["official"]))
    post_letters()
    now = timezone.now()
    Notice.objects.update(mailed_at=None, mail_due_at=now)  # killed before commit
    post_letters()
    numbers = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_through_an_hour_of_a_dead_server_nothing_is_lost(world: World) -> None:
    tell(reached(world.people["official"]))
    tell(reached(world.people["pimpasa"]), Kind.REPORT_SUBMITTED)
    make_due()
    with server_says(SMTPServerDisconnected("away")):
        for _minute in range(60):
            with pytest.raises(MailServerAway):
                post_letters()
    assert mail.outbox == []
    assert post_letters() == 2
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_the_log_of_a_dead_server_names_no_address(world: World) -> None:
    official = reached(world.people["official"])
    tell(official)
    with (
        server_says(ConnectionRefusedError(official.email)),
        pytest.raises(MailServerAway) as told,
    ):
        post_letters()
    assert str(told.value) == "ConnectionRefusedError"


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({"x": (550, b"no such box")}),
        SMTPDataError(554, b"spam"),
        ValueError("bad address"),
    ],
)
def test_a_refused_letter_waits_longer_each_time_and_is_parked(
    world: World, refusal: Exception
) -> None:
    notice = tell(reached(world.people["official"]))
    pauses = []
    with server_says(refusal):
        for _try in range(5):
            assert post_letters() == 0
            notice.refresh_from_db()
            if notice.mail_due_at:
                pauses.append(notice.mail_due_at)
            make_due()
    assert len(pauses) == 4
    assert (notice.refusals, notice.mail_due_at, notice.mailed_at) == (5, None, None)


def test_one_refused_letter_holds_up_no_other(world: World) -> None:
    tell(reached(world.people["official"], "baris\nbaru@example.org"))
    tell(reached(world.people["pimpasa"]))
    assert post_letters() == 1
    assert mail.outbox[0].to == [f"{world.people['pimpasa'].pk}@example.org"]


def test_a_digest_tells_all_in_one_letter_to_each(world: World) -> None:
    for name in ("serang", "serang2"):
        user = reached(world.people[name])
        for once in range(3):
            tell(user, Kind.REPORT_SUBMITTED, once)
    assert post_letters() == 0  # not yet morning
    make_due()
    assert [post_letters(), post_letters()] == [2, 0]
    assert {letter.body.count("sudah masuk") for letter in mail.outbox} == {3}
    assert mail.outbox[0].subject == "Portal Desa Binaan: 3 pemberitahuan"


def test_what_was_read_meanwhile_is_not_posted(world: World) -> None:
    official = reached(world.people["official"])
    actions.mark_read(tell(official), acting_user=official)
    assert post_letters() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_a_closed_account_or_lost_address_gets_no_letter(
    world: World, change: dict[str, object]
) -> None:
    official = reached(world.people["official"])
    tell(official)
    User.objects.filter(pk=official.pk).update(**change)
    assert post_letters() == 0
    assert not Notice.objects.exclude(mail_due_at=None).exists()


def test_the_command_tells_of_a_dead_server(world: World, capsys) -> None:
    tell(reached(world.people["official"]))
    with (
        server_says(SMTPServerDisconnected("away")),
        pytest.raises(CommandError, match="SMTPServerDisconnected"),
    ):
        call_command("post_letters")
    call_command("post_letters")
    assert capsys.readouterr().out == "1 letters sent.\n"


@contextmanager
def held_by_another(rows: str) -> Iterator[None]:
    """A second connection holds these rows; to wait for them would be a mistake."""
    other = connection.copy()
    try:
        with other.cursor() as there, connection.cursor() as here:
            there.execute("BEGIN")
            there.execute(rows)
            here.execute("SET lock_timeout = '2s'")
            yield
            here.execute("RESET lock_timeout")
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "held"),
    [
        (Kind.REPORT_RETURNED, "SELECT FROM notices_notice FOR UPDATE"),
        (Kind.REPORT_SUBMITTED, "SELECT FROM accounts_user FOR NO KEY UPDATE"),
    ],
)
def test_a_letter_that_another_worker_is_posting_is_left_to_it(
    world: World, kind: Kind, held: str
) -> None:
    tell(reached(world.people["official"]), kind)
    make_due()
    with held_by_another(held):
        assert post_letters() == 0
    assert post_letters() == 1
