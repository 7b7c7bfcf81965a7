"""One's own account: details, language, password, devices."""

from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desabinaan.accounts import mail, selectors, services
from desabinaan.accounts.models import User
from tests.accounts.sign_in import PASSWORD, sign_in
from tests.dataset import make_user

pytestmark = pytest.mark.django_db

NEW = "tiga kata yang baru"
DETAILS = {
    "name": "Petugas Contoh 1",
    "email": "petugas@contoh.id",
    "phone": "0812 3456 7890",
    "language": "id",
}


@pytest.fixture
def user() -> User:
    return make_user("kanwil", email="lama@contoh.id")


@pytest.fixture
def inside(user: User) -> Client:
    inside = Client()
    sign_in(inside, "kanwil")
    return inside


def save(inside: Client, **changes: str) -> Any:
    return inside.post("/akun/", DETAILS | {"current_password": PASSWORD} | changes)


# --- Details -----------------------------------------------------------------


def test_own_details_are_shown_and_saved(inside: Client, user: User) -> None:
    page = inside.get("/akun/").content.decode()
    assert "lama@contoh.id" in page
    assert save(inside).status_code == 302
    assert "Akun Anda tersimpan." in inside.get("/akun/").content.decode()
    user.refresh_from_db()
    saved = DETAILS | {"phone": "+6281234567890"}
    assert {name: getattr(user, name) for name in DETAILS} == saved


FORBIDDEN = {
    "id": "1",
    "pk": "1",
    "username": "admin",
    "password": "diganti-diam-diam",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "is_demonstration": "on",
    "user_permissions": "1",
    "date_joined": "2020-01-01",
    "sessions_ended_at": "2020-01-01",
}


def test_forbidden_fields_in_a_post_change_nothing(inside: Client, user: User) -> None:
    before = User.objects.filter(pk=user.pk).values(*_untouched()).get()
    save(inside, email="lama@contoh.id", phone="", **FORBIDDEN)
    assert User.objects.filter(pk=user.pk).values(*_untouched()).get() == before
    assert User.objects.count() == 1


def _untouched() -> list[str]:
    return [name for name in FORBIDDEN if name not in {"pk", "user_permissions"}]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("email", "bukan alamat"), ("phone", "1" * 26), ("language", "xx")],
)
def test_an_error_is_shown_beside_its_field_and_keeps_the_rest(
    inside: Client, user: User, field: str, value: str
) -> None:
    answer = save(inside, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert "Petugas Contoh 1" in page or field == "name"
    user.refresh_from_db()
    assert user.email == "lama@contoh.id"


def test_the_top_bar_shows_the_saved_name_not_the_typed_one(inside: Client) -> None:
    page = save(inside, name="Nama Ketikan", email="salah").content.decode()
    assert page.count("Nama Ketikan") == 1
    assert "Contoh kanwil" in page


@pytest.mark.parametrize("typed", ["", "bukan-yang-ini"])
@pytest.mark.parametrize("field", ["email", "phone"])
def test_an_open_screen_is_not_enough_to_change_a_way_in(
    inside: Client, user: User, field: str, typed: str
) -> None:
    kept = {"name": "Nama Baru", "email": user.email, "phone": "", "language": "id"}
    changed = kept | {field: DETAILS[field], "current_password": typed}
    answer = inside.post("/akun/", changed)
    assert answer.context["form"].errors.keys() == {"current_password"}
    assert DETAILS[field] in answer.content.decode()
    user.refresh_from_db()
    assert (user.email, user.phone) == ("lama@contoh.id", "")
    assert inside.post("/akun/", kept).status_code == 302
    user.refresh_from_db()
    assert user.name == "Nama Baru"


def test_the_same_telephone_in_another_notation_is_no_change(
    inside: Client, user: User
) -> None:
    User.objects.update(phone="+6281234567890")
    kept = {"name": "Nama", "email": user.email, "language": "id"}
    answer = inside.post("/akun/", kept | {"phone": "0812-3456-7890"})
    assert answer.status_code == 302


def test_another_contact_signs_other_devices_out_and_ends_sent_links(
    inside: Client, user: User
) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "kanwil")
    _user, secret = services.request_link("kanwil")
    assert save(inside)["Location"] == "/akun/"
    assert inside.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    assert selectors.open_link(secret) is None


@pytest.mark.parametrize(
    ("changes", "addresses"),
    [
        ({}, [["lama@contoh.id"], ["petugas@contoh.id"]]),
        ({"email": "lama@contoh.id"}, [["lama@contoh.id"]]),
        ({"email": ""}, [["lama@contoh.id"]]),
        ({"email": "lama@contoh.id", "phone": ""}, []),
    ],
)
def test_the_old_and_the_new_address_learn_of_it(
    inside: Client,
    changes: dict[str, str],
    addresses: list[list[str]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save(inside, **changes)
    mail.MAIL_EXECUTOR.submit(lambda: None).result()
    sent = django_mail.outbox
    assert [one.to for one in sent] == addresses
    assert not any("@contoh.id" in one.body for one in sent)


def test_last_sign_ins_are_shown_with_their_address(inside: Client) -> None:
    page = inside.get("/akun/").content.decode()
    assert "Riwayat masuk terakhir" in page
    assert "dari alamat 127.0.0.1" in page


def test_the_account_page_asks_the_database_a_few_things(
    inside: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(5):
        sign_in(Client(), "kanwil")
    with django_assert_max_num_queries(6):
        inside.get("/akun/")


@pytest.mark.parametrize(
    "path", ["/akun/", "/akun/sandi/", "/akun/keluar-semua/", "/lanjutkan/"]
)
def test_the_account_requires_sign_in(path: str) -> None:
    assert Client().get(path)["Location"] == f"/masuk/?next={path}"


# --- Language ----------------------------------------------------------------


def choose(inside: Client, language: str, onward: str = "/masuk/") -> Any:
    return inside.post("/akun/bahasa/", {"language": language, "next": onward})


def test_a_guest_chooses_a_language_by_cookie() -> None:
    guest = Client(HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")
    assert guest.get("/masuk/")["Content-Language"] == "id"
    assert choose(guest, "en")["Location"] == "/masuk/"
    answer = guest.get("/masuk/")
    assert answer["Content-Language"] == "en"
    assert "Password" in answer.content.decode()


def test_the_account_remembers_the_language(inside: Client, user: User) -> None:
    answer = choose(inside, "en", "/akun/")
    assert "bahasa" not in answer.cookies
    assert "Your account" in inside.get("/akun/").content.decode()
    user.refresh_from_db()
    assert user.language == "en"
    elsewhere = Client()
    sign_in(elsewhere, "kanwil")
    assert elsewhere.get("/akun/")["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["", "xx", "id-x", "../en", "EN"])
def test_an_unknown_language_changes_nothing(
    inside: Client, user: User, language: str
) -> None:
    assert choose(inside, language).status_code == 302
    assert Client(HTTP_COOKIE=f"bahasa={language}").get("/masuk/")[
        "Content-Language"
    ] == ("id")
    user.refresh_from_db()
    assert user.language == "id"


def test_a_get_does_not_change_the_language(inside: Client) -> None:
    assert inside.get("/akun/bahasa/?language=en").status_code == 405


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example/", ""])
def test_the_language_redirects_to_our_pages_only(onward: str) -> None:
    assert choose(Client(), "en", onward)["Location"] == "/"


# --- Password ----------------------------------------------------------------


def change(inside: Client, current: str = PASSWORD, new: str = NEW) -> Any:
    form = {"current_password": current, "password": new, "again": new}
    return inside.post("/akun/sandi/", form)


def test_a_new_password_ends_other_sessions_but_not_this_one(
    inside: Client, user: User
) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "kanwil")
    assert change(inside)["Location"] == "/akun/"
    assert inside.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_present_password_is_asked_first(inside: Client, user: User) -> None:
    answer = change(inside, current="bukan-yang-ini")
    assert "Ini bukan kata sandi Anda saat ini." in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_present_password_is_locked_out(inside: Client) -> None:
    codes = [change(inside, current="bukan-ini").status_code for _each in range(5)]
    assert codes == [200, 200, 200, 200, 429]


def test_a_weak_new_password_is_refused(inside: Client, user: User) -> None:
    answer = change(inside, new="pendek")
    assert "terlalu pendek" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_nobody_sets_anothers_password_or_ends_anothers_sessions(user: User) -> None:
    chief = make_user("admin", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        services.change_password(user, NEW, acting_user=chief)
    with pytest.raises(PermissionDenied):
        services.end_sessions(user, acting_user=chief)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


# --- Devices -----------------------------------------------------------------


def test_all_devices_are_signed_out_after_a_question(inside: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "kanwil")
    question = inside.get("/akun/keluar-semua/").content.decode()
    assert "Keluar dari semua perangkat?" in question
    assert elsewhere.get("/akun/").status_code == 200
    answer = inside.post("/akun/keluar-semua/", follow=True)
    assert "Anda sudah keluar dari semua perangkat." in answer.content.decode()
    assert elsewhere.get("/akun/").status_code == 302
    assert inside.get("/akun/").status_code == 302
    assert sign_in(inside, "kanwil").status_code == 302
