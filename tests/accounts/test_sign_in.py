"""In and out: names, passwords, sessions, and where one lands."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.accounts.sign_in import PASSWORD, sign_in, without_tokens
from tests.dataset import make_user

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example/",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "evil.example",
    "evil.example/desa/",
    "www.evil.example",
    "@evil.example/",
    ".evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\x00//evil.example",
    "/ /evil.example",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://[::1/",
    "file:///etc/passwd",
]


def test_a_name_is_known_however_it_is_typed() -> None:
    make_user("desa.lontar")
    answer = sign_in(Client(), " Desa.LONTAR ")
    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.parametrize("field", ["username", "password"])
def test_wrong_name_and_wrong_password_read_alike(field: str) -> None:
    make_user("kanwil")
    right = {"username": "kanwil", "password": PASSWORD}
    answer = Client().post("/masuk/", right | {field: "keliru-sekali"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nama pengguna atau kata sandi tidak cocok." in page
    assert answer.wsgi_request.user.is_anonymous


def test_the_answers_to_unknown_closed_and_new_accounts_are_identical() -> None:
    make_user("known")
    make_user("closed", is_active=False)
    fresh = make_user("fresh")
    fresh.set_unusable_password()
    fresh.save()
    answers = {
        Client()
        .post("/masuk/", {"username": name, "password": "salah-sama-sekali"})
        .content.decode()
        .replace(name, "NAME")
        for name in ("known", "closed", "fresh", "unknown")
    }
    assert len({without_tokens(page) for page in answers}) == 1


def test_unknown_names_cost_a_password_check_too(monkeypatch) -> None:
    make_user("known")
    hashed: list[str] = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    monkeypatch.setattr(
        hasher, lambda self, password, salt: hashed.append(password) or "md5$a$b"
    )
    for name in ("known", "unknown"):
        hashed.clear()
        sign_in(Client(), name, "salah-sama-sekali")
        assert len(hashed) == 1


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("how", ["in the address", "in the form"])
def test_sign_in_redirects_to_our_pages_only(address: str, how: str) -> None:
    make_user("kanwil")
    form = {"username": "kanwil", "password": PASSWORD}
    if how == "in the form":
        answer = Client().post("/masuk/", form | {"next": address})
    else:
        answer = Client().post("/masuk/", form, query_params={"next": address})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_sign_in_leads_on_to_the_page_that_was_asked_for() -> None:
    make_user("kanwil")
    browser = Client()
    asked = browser.get("/akun/?a=1")
    assert asked["Location"] == "/masuk/?next=/akun/%3Fa%3D1"
    page = browser.get(asked["Location"])
    assert page.context["next"] == "/akun/?a=1"
    assert sign_in(browser, "kanwil", next="/akun/?a=1")["Location"] == "/akun/?a=1"


def test_who_is_signed_in_is_led_on() -> None:
    make_user("kanwil")
    browser = Client()
    sign_in(browser, "kanwil")
    assert browser.get("/masuk/?next=/akun/")["Location"] == "/akun/"


def test_a_session_key_from_before_is_worth_nothing() -> None:
    make_user("kanwil")
    browser = Client()
    planted = browser.session
    planted["planted"] = True
    planted.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    sign_in(browser, "kanwil")
    after = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != planted.session_key
    assert not Session.objects.filter(pk=planted.session_key).exists()


def test_cookies_are_out_of_reach_of_scripts() -> None:
    make_user("kanwil")
    browser = Client()
    browser.get("/masuk/")
    sign_in(browser, "kanwil")
    assert {name for name, one in browser.cookies.items() if one["httponly"]} == set(
        browser.cookies
    )
    assert {one["samesite"] for one in browser.cookies.values()} == {"Lax"}


def test_signing_out_ends_the_session_and_is_asked_first_by_a_link() -> None:
    make_user("kanwil")
    browser = Client()
    sign_in(browser, "kanwil")
    key = browser.session.session_key
    question = browser.get("/keluar/")
    assert "Keluar sekarang?" in question.content.decode()
    assert Session.objects.filter(pk=key).exists()
    answer = browser.post("/keluar/", follow=True)
    assert "Anda sudah keluar." in answer.content.decode()
    assert not Session.objects.filter(pk=key).exists()
    assert browser.get("/akun/").status_code == 302


def test_signing_out_without_a_session_leads_to_sign_in() -> None:
    assert Client().post("/keluar/")["Location"] == "/masuk/"
    assert Client().get("/keluar/")["Location"] == "/masuk/"


# --- Too many tries ----------------------------------------------------------


def test_five_wrong_tries_block_sign_in_for_a_while() -> None:
    make_user("kanwil")
    browser = Client()
    codes = [sign_in(browser, "kanwil", "salah").status_code for _each in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    answer = sign_in(browser, "kanwil")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    page = answer.content.decode()
    assert "15 menit" in page
    assert "lupa kata sandi" in page
    assert browser.get("/akun/").status_code == 302


def test_sign_in_is_blocked_for_one_name_from_one_address() -> None:
    make_user("kanwil")
    make_user("serang")
    browser = Client()
    for _each in range(5):
        sign_in(browser, "kanwil", "salah")
    assert sign_in(Client(), "serang").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.1.2.3"), "kanwil").status_code == 302


def test_unknown_names_are_shut_out_alike() -> None:
    codes = [sign_in(Client(), "nobody", "salah").status_code for _each in range(6)]
    assert codes == [200, 200, 200, 200, 429, 429]


def test_capitals_and_browsers_do_not_reset_the_count() -> None:
    make_user("kanwil")
    for number, name in enumerate(("kanwil", "Kanwil", "KANWIL", " kanwil", "kanWil")):
        answer = sign_in(Client(HTTP_USER_AGENT=f"browser {number}"), name, "salah")
    assert answer.status_code == 429


def test_a_forged_address_gains_no_tries() -> None:
    make_user("kanwil")
    for number in range(5):
        forged = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
        answer = sign_in(forged, "kanwil", "salah")
    assert answer.status_code == 429


def test_behind_one_proxy_the_address_it_saw_counts(settings) -> None:
    settings.PROXY_COUNT = 1
    make_user("kanwil")
    for number in range(5):
        forged = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 36.80.1.1")
        answer = sign_in(forged, "kanwil", "salah")
    assert answer.status_code == 429
    other = Client(HTTP_X_FORWARDED_FOR="36.80.1.1, 36.80.1.2")
    assert sign_in(other, "kanwil").status_code == 302


def test_trying_on_does_not_lengthen_the_wait() -> None:
    make_user("kanwil")
    for _each in range(5):
        sign_in(Client(), "kanwil", "salah")
    before = AccessAttempt.objects.get().attempt_time
    sign_in(Client(), "kanwil", "salah")
    assert AccessAttempt.objects.get().attempt_time == before


def test_what_is_recorded_of_a_try_holds_no_password() -> None:
    make_user("kanwil")
    sign_in(Client(), "kanwil", "rahasia-keliru")
    response = AccessAttempt.objects.get()
    assert "rahasia" not in response.post_data + response.get_data


def test_a_successful_sign_in_is_on_record() -> None:
    make_user("kanwil")
    sign_in(Client(), "kanwil")
    assert AccessLog.objects.get().username == "kanwil"
    assert not AccessAttempt.objects.exists()


# --- Closed accounts ---------------------------------------------------------


def test_a_closed_account_is_out_from_the_next_request_on() -> None:
    user = make_user("kanwil")
    browser = Client()
    sign_in(browser, "kanwil")
    assert browser.get("/akun/").status_code == 200
    user.is_active = False
    user.save()
    assert browser.get("/akun/")["Location"] == "/masuk/?next=/akun/"
    assert sign_in(Client(), "kanwil").status_code == 200


def test_the_sign_in_page_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/masuk/").status_code == 200


def test_the_sign_in_page_is_not_stored() -> None:
    assert "no-store" in Client().get("/masuk/")["Cache-Control"]
