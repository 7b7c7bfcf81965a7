"""How long somebody stays signed in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desabinaan.accounts import sessions
from tests.accounts.sign_in import sign_in
from tests.dataset import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """`wait(30)`: half an hour goes by."""
    passed = timedelta()

    def later(minutes: float) -> None:
        nonlocal passed
        passed += timedelta(minutes=minutes)

    def now() -> datetime:
        return NOW + passed

    monkeypatch.setattr(sessions.timezone, "now", now)
    return later


def signed_in(**fields: bool) -> Client:
    make_user("kanwil", **fields)
    browser = Client()
    sign_in(browser, "kanwil")
    return browser


def is_inside(browser: Client) -> bool:
    return browser.get("/akun/").status_code == 200


@pytest.mark.parametrize(("is_administrator", "idle"), [(False, 30), (True, 10)])
def test_who_does_nothing_for_too_long_signs_in_again(
    wait: Callable[[float], None], is_administrator: bool, idle: int
) -> None:
    browser = signed_in(is_staff=is_administrator, is_superuser=is_administrator)
    wait(idle - 1)
    assert is_inside(browser)
    wait(idle - 1)
    assert is_inside(browser)
    wait(idle + 1)
    assert not is_inside(browser)


@pytest.mark.parametrize(("is_administrator", "hours"), [(False, 12), (True, 4)])
def test_who_is_always_at_work_signs_in_again_at_the_end(
    wait: Callable[[float], None], is_administrator: bool, hours: int
) -> None:
    browser = signed_in(is_staff=is_administrator, is_superuser=is_administrator)
    minutes = 0
    while minutes < hours * 60:
        wait(9.5)
        minutes += 9.5
        assert is_inside(browser) == (minutes <= hours * 60)
    assert not is_inside(browser)


def test_what_was_typed_in_a_session_that_ended_is_kept(
    wait: Callable[[float], None],
) -> None:
    browser = signed_in()
    wait(31)
    answer = browser.post("/akun/", {"name": "Nama Ketikan", "language": "id"})
    assert answer["Location"] == "/masuk/?next=/lanjutkan/"
    sign_in(browser, "kanwil")
    assert "Nama Ketikan" in browser.get("/lanjutkan/").content.decode()


def test_signing_in_again_counts_from_then(wait: Callable[[float], None]) -> None:
    browser = signed_in()
    wait(31)
    assert not is_inside(browser)
    sign_in(browser, "kanwil")
    assert is_inside(browser)


def test_who_was_signed_in_reads_why_the_page_does_not_open(
    wait: Callable[[float], None],
) -> None:
    browser = signed_in()
    wait(31)
    page = browser.get("/akun/", follow=True).content.decode()
    assert "Sesi Anda sudah berakhir. Masuk untuk melanjutkan." in page
    stranger = Client().get("/akun/", follow=True).content.decode()
    assert "sudah berakhir" not in stranger


def test_the_account_says_when_the_password_is_needed() -> None:
    page = signed_in().get("/akun/").content.decode()
    assert "wajib jika email atau telepon diubah" in page
