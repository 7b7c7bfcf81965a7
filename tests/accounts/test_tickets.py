"""One-time links and codes: used once, in time, and never guessed."""

import logging
import re
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from desabinaan.accounts import mail, rate_limits, services
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.passwords import CODE_SIGNS, fresh_code
from desabinaan.lib.web.logs import BriefRefusals, WithoutTokens
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.accounts.sign_in import sign_in, without_tokens
from tests.dataset import make_user

pytestmark = pytest.mark.django_db

NEW = "tiga kata yang baru"
LINK, CODE = PasswordTicket.Kind.LINK, PasswordTicket.Kind.CODE


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the counts in one window, however long the test takes."""
    start = rate_limits.window_start(15)
    monkeypatch.setattr(rate_limits, "window_start", lambda minutes: start)


@pytest.fixture
def user() -> User:
    return make_user("desa.lontar", email="lontar@contoh.id")


@pytest.fixture
def officer() -> User:
    return make_user("serang")


def issue(user: User, kind: str, officer: User | None = None) -> str:
    return services.issue_ticket(user, kind, acting_user=officer)[1]


def sent_emails() -> list[Any]:
    """What was sent, once the post office has nothing left to do."""
    mail.MAIL_EXECUTOR.submit(lambda: None).result()
    return django_mail.outbox


def set_password(browser: Client, password: str = NEW) -> Any:
    return browser.post("/akun/sandi/baru/", {"password": password, "again": password})


def try_code(browser: Client, code: str, username: str = "desa.lontar") -> Any:
    return browser.post("/masuk/kode/", {"username": username, "code": code})


# --- Links -------------------------------------------------------------------


def test_a_link_leads_to_a_new_password(user: User) -> None:
    browser = Client()
    answer = browser.get(f"/akun/sandi/{issue(user, LINK)}/")
    assert answer["Location"] == "/akun/sandi/baru/"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "desa.lontar" in browser.get("/akun/sandi/baru/").content.decode()
    done = browser.post(
        "/akun/sandi/baru/", {"password": NEW, "again": NEW}, follow=True
    )
    assert "Kata sandi baru Anda tersimpan." in done.content.decode()
    assert sign_in(Client(), "desa.lontar", NEW).status_code == 302


def test_a_get_does_not_use_a_link_up(user: User) -> None:
    secret = issue(user, LINK)
    before = PasswordTicket.objects.values().get()
    for _each in range(3):
        Client().get(f"/akun/sandi/{secret}/")
        Client().head(f"/akun/sandi/{secret}/")
    assert PasswordTicket.objects.values().get() == before
    assert Client().get(f"/akun/sandi/{secret}/").status_code == 302


def test_a_link_works_once(user: User) -> None:
    secret = issue(user, LINK)
    first, second = Client(), Client()
    for browser in (first, second):
        browser.get(f"/akun/sandi/{secret}/")
    assert set_password(first).status_code == 302
    assert set_password(second, "kata kata yang lain").status_code == 410
    assert Client().get(f"/akun/sandi/{secret}/").status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize("token", ["x", "baru-sekali", "a" * 43, "%27%20OR%201=1"])
def test_a_made_up_link_opens_nothing(user: User, token: str) -> None:
    issue(user, LINK)
    answer = Client().get(f"/akun/sandi/{token}/")
    assert answer.status_code == 410
    assert "Tautan ini tidak berlaku lagi" in answer.content.decode()


def test_a_code_is_not_a_link(user: User, officer: User) -> None:
    code = issue(user, CODE, officer)
    assert Client().get(f"/akun/sandi/{code}/").status_code == 410


@pytest.mark.parametrize(("kind", "hours"), [(LINK, 72), (CODE, 24)])
def test_a_ticket_runs_out(user: User, kind: str, hours: int) -> None:
    ticket, secret = services.issue_ticket(user, kind, acting_user=None)
    left = ticket.expires_at - timezone.now()
    assert timedelta(hours=hours - 1) < left <= timedelta(hours=hours)
    browser = Client()
    _show(browser, kind, secret)
    ticket.expires_at = timezone.now() - timedelta(seconds=1)
    ticket.save()
    assert set_password(browser).status_code == 410
    assert _show(Client(), kind, secret).status_code in {200, 410}
    user.refresh_from_db()
    assert not user.check_password(NEW)


def _show(browser: Client, kind: str, secret: str) -> Any:
    if kind == LINK:
        return browser.get(f"/akun/sandi/{secret}/")
    return try_code(browser, secret)


def test_only_the_newest_ticket_of_a_kind_is_valid(user: User, officer: User) -> None:
    old_link, code = issue(user, LINK), issue(user, CODE, officer)
    new_link = issue(user, LINK)
    assert Client().get(f"/akun/sandi/{old_link}/").status_code == 410
    assert Client().get(f"/akun/sandi/{new_link}/").status_code == 302
    assert try_code(Client(), code).status_code == 302


def test_using_one_ticket_kills_the_others_and_every_session(
    user: User, officer: User
) -> None:
    at_home = Client()
    sign_in(at_home, "desa.lontar")
    link, code = issue(user, LINK), issue(user, CODE, officer)
    browser = Client()
    browser.get(f"/akun/sandi/{link}/")
    set_password(browser)
    assert try_code(Client(), code).status_code == 200
    assert at_home.get("/akun/").status_code == 302
    assert not PasswordTicket.objects.open().exists()


def test_a_closed_account_has_no_tickets(user: User, officer: User) -> None:
    link = issue(user, LINK)
    browser = Client()
    browser.get(f"/akun/sandi/{link}/")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert set_password(browser).status_code == 410
    assert Client().get(f"/akun/sandi/{link}/").status_code == 410
    with pytest.raises(IllegalTransition, match="ditutup"):
        issue(user, CODE, officer)


def test_secrets_are_not_stored(user: User, officer: User) -> None:
    secrets = [issue(user, LINK), issue(user, CODE, officer)]
    stored = str(list(PasswordTicket.objects.values()))
    assert [secret for secret in secrets if secret in stored] == []


def test_without_having_shown_a_secret_nobody_sets_a_password(user: User) -> None:
    issue(user, LINK)
    assert Client().get("/akun/sandi/baru/").status_code == 410
    assert set_password(Client()).status_code == 410


def test_no_office_issues_a_way_into_an_administrators_account(officer: User) -> None:
    chief = make_user("admin", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        issue(chief, CODE, officer)
    assert not PasswordTicket.objects.exists()


# --- Codes -------------------------------------------------------------------


def test_a_code_leads_to_a_new_password(user: User, officer: User) -> None:
    code = issue(user, CODE, officer)
    browser = Client()
    answer = try_code(browser, code.lower().replace("-", " "), " Desa.Lontar")
    assert answer["Location"] == "/akun/sandi/baru/"
    assert set_password(browser)["Location"] == "/masuk/"
    assert sign_in(Client(), "desa.lontar", NEW).status_code == 302
    assert try_code(Client(), code).status_code == 200


def test_codes_read_well_on_paper() -> None:
    codes = [fresh_code() for _each in range(50)]
    assert all(re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code) for code in codes)
    assert len(set(codes)) == 50
    assert not set("ILO01") & set(CODE_SIGNS)


def test_five_wrong_tries_kill_a_code(user: User, officer: User) -> None:
    code = issue(user, CODE, officer)
    for _each in range(5):
        assert try_code(Client(), "AAAAA-AAAAA").status_code == 200
    answer = try_code(Client(), code)
    assert answer.status_code == 200
    assert "Minta kode baru ke kantor Anda" in answer.content.decode()
    assert PasswordTicket.objects.get().wrong_tries == 5
    assert PasswordTicket.objects.get().ended_at is not None


def test_four_wrong_tries_do_not(user: User, officer: User) -> None:
    code = issue(user, CODE, officer)
    for _each in range(4):
        try_code(Client(), "AAAAA-AAAAA")
    assert try_code(Client(), code).status_code == 302


def test_a_code_is_bound_to_its_account(user: User, officer: User) -> None:
    code = issue(user, CODE, officer)
    make_user("desa.kronjo")
    issue(make_user("desa.lain"), CODE, officer)
    for name in ("desa.kronjo", "desa.lain", "tidak.ada"):
        assert try_code(Client(), code, name).status_code == 200


def test_wrong_codes_and_unknown_names_read_alike(user: User, officer: User) -> None:
    issue(user, CODE, officer)
    make_user("no.code")
    make_user("closed", is_active=False)
    pages = {
        without_tokens(
            try_code(Client(), "AAAAA-AAAAA", name).content.decode()
        ).replace(name, "NAME")
        for name in ("desa.lontar", "no.code", "closed", "unknown")
    }
    assert len(pages) == 1


def test_codes_from_one_address_are_limited(one_window: None) -> None:
    answers = [try_code(Client(), "AAAAA-AAAAA") for _each in range(31)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]


def test_a_new_password_resets_the_failed_sign_ins(user: User, officer: User) -> None:
    for _each in range(5):
        sign_in(Client(), "desa.lontar", "salah")
    browser = Client()
    try_code(browser, issue(user, CODE, officer))
    set_password(browser)
    assert sign_in(Client(), "desa.lontar", NEW).status_code == 302


# --- Forgotten ---------------------------------------------------------------


def ask(username: str) -> Any:
    return Client().post("/masuk/lupa/", {"username": username})


def test_a_forgotten_password_sends_an_email_with_a_link(user: User) -> None:
    assert "email" in ask(" Desa.LONTAR").content.decode()
    (letter,) = sent_emails()
    assert letter.to == ["lontar@contoh.id"]
    link = re.search(r"http://127\.0\.0\.1(/akun/sandi/\S+/)", letter.body)
    assert link is not None
    assert Client().get(link[1]).status_code == 302
    assert user.name not in letter.body
    assert user.username not in letter.body


def test_the_answer_is_the_same_for_everybody(user: User) -> None:
    make_user("no.mail")
    make_user("closed", is_active=False, email="closed@contoh.id")
    names = ("desa.lontar", "no.mail", "closed", "unknown")
    pages = {without_tokens(ask(name).content.decode()) for name in names}
    assert len(pages) == 1
    assert len(sent_emails()) == 1
    assert PasswordTicket.objects.count() == 1


def test_at_most_three_emails_an_hour(user: User) -> None:
    pages = {without_tokens(ask("desa.lontar").content.decode()) for _each in range(5)}
    assert len(pages) == 1
    assert len(sent_emails()) == 3


def test_requests_for_a_link_from_one_address_are_limited(one_window: None) -> None:
    codes = [ask(f"name{number}").status_code for number in range(31)]
    assert codes == [200] * 30 + [429]


def test_emails_use_the_language_of_the_account(user: User) -> None:
    ask("desa.lontar")
    User.objects.filter(pk=user.pk).update(language="en")
    ask("desa.lontar")
    subjects = [email.subject for email in sent_emails()]
    assert subjects == [
        "Buat kata sandi Anda untuk Portal Desa Binaan",
        "Set your password for Portal Desa Binaan",
    ]


def test_a_mail_server_that_is_away_shows_nobody_anything(
    user: User, monkeypatch, caplog
) -> None:
    def away(letter: object) -> None:
        raise ConnectionRefusedError("lontar@contoh.id")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    assert ask("desa.lontar").status_code == 200
    sent_emails()
    assert "An e-mail could not be sent: ConnectionRefusedError" in caplog.text
    assert "lontar" not in caplog.text


# --- What a password must be like --------------------------------------------


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("pendek", "terlalu pendek"),
        ("928374659283", "hanya berisi angka"),
        ("desa.lontar1", "mirip nama"),
        ("1q2w3e4r5t6y", "dipakai banyak orang"),
        ("x" * 129, "lebih dari 128"),
    ],
)
def test_weak_passwords_get_our_own_messages(
    user: User, password: str, sentence: str
) -> None:
    browser = Client()
    browser.get(f"/akun/sandi/{issue(user, LINK)}/")
    answer = set_password(browser, password)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert PasswordTicket.objects.open().exists()


def test_two_different_passwords_are_refused(user: User) -> None:
    browser = Client()
    browser.get(f"/akun/sandi/{issue(user, LINK)}/")
    form = {"password": NEW, "again": "tiga kata yang lain"}
    answer = browser.post("/akun/sandi/baru/", form)
    assert "Kedua kata sandi berbeda." in answer.content.decode()


def test_the_action_refuses_weak_passwords_by_itself(user: User) -> None:
    ticket, _secret = services.issue_ticket(user, LINK, acting_user=None)
    with pytest.raises(ValidationError):
        services.use_ticket(ticket.pk, "pendek")
    assert PasswordTicket.objects.open().exists()


# --- The log -----------------------------------------------------------------


def test_the_log_shows_paths_without_their_tokens(
    user: User, caplog: pytest.LogCaptureFixture
) -> None:
    token = issue(user, LINK)
    with caplog.filtering(WithoutTokens()):
        assert Client().post(f"/akun/sandi/{token}/").status_code == 405
    assert "/akun/sandi/…/" in caplog.text
    assert token not in caplog.text
    handlers: Any = settings.LOGGING["handlers"]
    assert handlers["console"]["filters"] == ["without_tokens", "brief_refusals"]


def test_a_refusal_is_one_line_in_the_log_and_a_fault_is_not() -> None:
    for status, lines in ((403, 1), (500, 2)):
        record = logging.LogRecord("x", 30, "", 0, "warned", (), _raised())
        record.status_code = status
        BriefRefusals().filter(record)
        assert len(logging.Formatter().format(record).splitlines()[:2]) == lines


def _raised() -> Any:
    try:
        raise PermissionError
    except PermissionError:
        return sys.exc_info()


def test_numbers_and_receipts_stay_readable_in_the_log() -> None:
    path = "/laporan/bulanan/5e0f1c5e-7f3c-4a53-9d6e-0b1c2d3e4f50/12/"
    record = logging.LogRecord("x", 30, "", 0, "%s %s", (path, 404), None)
    WithoutTokens().filter(record)
    assert record.getMessage() == f"{path} 404"
