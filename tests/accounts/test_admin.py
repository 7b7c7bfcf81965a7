"""Administrators keep accounts, not secrets."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core import mail as django_mail
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from desabinaan.accounts import mail, services
from desabinaan.accounts.admin_log import NamelessLog
from desabinaan.accounts.models import PasswordTicket, User
from tests.accounts.sign_in import PASSWORD, sign_in
from tests.creating_forms import NUMBER
from tests.dataset import Dataset, make_user
from villages.places.models import ActivityKind, Scheme

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
NEW = {
    "username": "desa.lontar",
    "name": "Perangkat Contoh",
    "email": "lontar@contoh.id",
    "phone": "",
    "language": "id",
}


@pytest.fixture
def chief() -> User:
    return make_user("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def inside(chief: User) -> Client:
    inside = Client()
    sign_in(inside, "admin")
    return inside


@pytest.fixture
def clerk() -> Client:
    """Somebody of the staff who may keep accounts but is no superuser."""
    user = make_user("clerk", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="accounts")
    )
    inside = Client()
    sign_in(inside, "clerk")
    return inside


@pytest.fixture
def official() -> User:
    return make_user("desa.lontar", email="lontar@contoh.id")


def change(inside: Client, user: User, **fields: str) -> Any:
    kept = {name: getattr(user, name) for name in NEW} | {"is_active": "on"}
    form = {name: value for name, value in (kept | fields).items() if value}
    return inside.post(f"{LIST}{user.pk}/change/", form)


# --- Sign-in -----------------------------------------------------------------


def test_the_admin_site_has_no_sign_in_of_its_own() -> None:
    answer = Client().get(LIST, follow=True)
    assert answer.redirect_chain[-1][0] == f"/masuk/?next={LIST}"


def test_its_sign_in_redirects_to_ours_only() -> None:
    answer = Client().get("/admin/login/?next=//evil.example/")
    assert answer["Location"] == "/masuk/?next=/admin/"


def test_the_admin_site_is_forbidden_without_the_right() -> None:
    make_user("kanwil")
    inside = Client()
    sign_in(inside, "kanwil")
    assert inside.get(LIST, follow=True).status_code == 403


def test_passwords_are_changed_where_everybody_does(inside: Client) -> None:
    assert inside.get("/admin/password_change/")["Location"] == "/akun/sandi/"


def test_signing_out_there_leads_to_our_sign_in(inside: Client) -> None:
    assert inside.post("/admin/logout/")["Location"] == "/masuk/"
    assert inside.get(LIST).status_code == 302


# --- Accounts ----------------------------------------------------------------


def test_a_new_account_has_no_password_and_needs_a_ticket(inside: Client) -> None:
    answer = inside.post(f"{LIST}add/", NEW)
    made = User.objects.get(username="desa.lontar")
    assert answer["Location"] == reverse("admin:accounts_user_ticket", args=[made.pk])
    assert not made.has_usable_password()
    assert not made.is_staff


def test_there_is_no_way_to_set_a_password(inside: Client, official: User) -> None:
    assert inside.get(f"{LIST}{official.pk}/password/").status_code == 404
    assert inside.post(f"{LIST}{official.pk}/password/").status_code == 404
    page = inside.get(f"{LIST}{official.pk}/change/").content.decode()
    assert 'type="password"' not in page
    assert official.password not in page
    change(inside, official, password="diganti-diam-diam")
    official.refresh_from_db()
    assert official.check_password(PASSWORD)


def test_a_user_name_is_taken_once(inside: Client, official: User) -> None:
    page = inside.post(f"{LIST}add/", NEW).content.decode()
    assert "Nama pengguna ini sudah dipakai." in page
    assert User.objects.filter(username="desa.lontar").count() == 1


def test_closing_an_account_ends_its_sessions_and_tickets(
    inside: Client, official: User
) -> None:
    at_work = Client()
    sign_in(at_work, "desa.lontar")
    services.issue_ticket(official, "code", acting_user=None)
    change(inside, official, is_active="")
    assert at_work.get("/akun/").status_code == 302
    assert not PasswordTicket.objects.open().exists()
    change(inside, official, is_active="on")
    assert at_work.get("/akun/").status_code == 302
    assert sign_in(Client(), "desa.lontar").status_code == 302


def test_accounts_are_closed_never_erased(inside: Client, official: User) -> None:
    assert inside.get(f"{LIST}{official.pk}/delete/").status_code == 403
    assert "delete_selected" not in inside.get(LIST).content.decode()


def test_nobody_closes_the_own_account(inside: Client, chief: User) -> None:
    change(inside, chief, is_active="", is_superuser="", name="Nama Baru")
    chief.refresh_from_db()
    assert (chief.is_active, chief.is_superuser, chief.name) == (
        True,
        True,
        "Nama Baru",
    )


# --- Staff without the last word ---------------------------------------------


def test_staff_keep_ordinary_accounts(clerk: Client, official: User) -> None:
    change(clerk, official, name="Nama Baru")
    official.refresh_from_db()
    assert official.name == "Nama Baru"


def test_staff_raise_nobody_to_power(clerk: Client, official: User) -> None:
    rights = {"is_staff": "on", "is_superuser": "on", "user_permissions": "1"}
    change(clerk, official, **rights, groups="1")
    clerk.post(f"{LIST}add/", NEW | rights | {"username": "desa.baru"})
    assert User.objects.filter(is_superuser=True).count() == 0
    assert User.objects.filter(is_staff=True).count() == 1
    assert not official.user_permissions.exists()


def test_single_permissions_are_neither_offered_nor_saved(
    inside: Client, official: User
) -> None:
    for page in (f"{LIST}{official.pk}/change/", f"{LIST}add/"):
        text = inside.get(page).content.decode()
        assert "permission" not in text.lower()
        assert "Can add" not in text
    permission = Permission.objects.values_list("pk", flat=True)[0]
    change(inside, official, user_permissions=str(permission), name="Nama Baru")
    official.refresh_from_db()
    assert official.name == "Nama Baru"
    assert not official.user_permissions.exists()


def test_staff_do_not_touch_administrators(clerk: Client, chief: User) -> None:
    assert change(clerk, chief, email="milik@penyerang.id").status_code == 403
    for page in ("ticket/", "ticket/slip/", "ticket/link/"):
        assert clerk.post(f"{LIST}{chief.pk}/{page}").status_code == 403
    chief.refresh_from_db()
    assert chief.email == ""
    assert not PasswordTicket.objects.exists()


def test_staff_without_the_permission_see_no_accounts(official: User) -> None:
    make_user("staff", is_staff=True)
    inside = Client()
    sign_in(inside, "staff")
    assert inside.get(LIST).status_code == 403
    assert inside.post(f"{LIST}{official.pk}/ticket/slip/").status_code == 403


# --- Tickets -----------------------------------------------------------------


def test_a_slip_is_shown_once_to_be_printed(inside: Client, official: User) -> None:
    assert inside.get(f"{LIST}{official.pk}/ticket/").status_code == 200
    answer = inside.post(f"{LIST}{official.pk}/ticket/slip/")
    page = answer.content.decode()
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page)
    assert code is not None
    assert all(
        words in page for words in (official.name, "desa.lontar", "/masuk/kode/", "WIB")
    )
    assert "no-store" in answer["Cache-Control"]
    form = {"username": "desa.lontar", "code": code[0]}
    assert Client().post("/masuk/kode/", form).status_code == 302


def test_a_get_issues_no_ticket(inside: Client, official: User) -> None:
    assert inside.get(f"{LIST}{official.pk}/ticket/").status_code == 200
    for verb in ("slip", "link"):
        assert inside.get(f"{LIST}{official.pk}/ticket/{verb}/").status_code == 404
    assert not PasswordTicket.objects.exists()


def test_an_account_that_is_not_there_is_not_found(inside: Client) -> None:
    assert inside.get(f"{LIST}99999/ticket/").status_code == 404
    for verb in ("slip", "link"):
        assert inside.post(f"{LIST}99999/ticket/{verb}/").status_code == 404


def test_a_link_goes_to_the_owner_not_to_the_administrator(
    inside: Client, official: User
) -> None:
    answer = inside.post(f"{LIST}{official.pk}/ticket/link/", follow=True)
    mail.MAIL_EXECUTOR.submit(lambda: None).result()
    (letter,) = django_mail.outbox
    assert letter.to == ["lontar@contoh.id"]
    assert "/akun/sandi/" in letter.body
    assert not re.search(r"/akun/sandi/[\w-]{40}", answer.content.decode())
    assert PasswordTicket.objects.get().issued_by is not None


def test_without_an_address_no_link_is_issued(inside: Client) -> None:
    user = make_user("no.mail")
    answer = inside.post(f"{LIST}{user.pk}/ticket/link/", follow=True)
    assert "Akun ini tidak punya alamat email." in answer.content.decode()
    assert not PasswordTicket.objects.exists()


def test_a_closed_account_gets_no_slip(inside: Client, official: User) -> None:
    User.objects.filter(pk=official.pk).update(is_active=False)
    answer = inside.post(f"{LIST}{official.pk}/ticket/slip/", follow=True)
    assert "Akun ini ditutup." in answer.content.decode()


# --- The log and the lists ---------------------------------------------------


def test_the_log_names_no_people(inside: Client, official: User) -> None:
    inside.post(f"{LIST}add/", NEW | {"username": "desa.baru"})
    change(inside, official, name="Nama Baru", email="baru@contoh.id")
    entries = [f"{one.object_repr} {one.change_message}" for one in _log()]
    assert len(entries) == 2
    text = " ".join(entries)
    assert f"akun {official.pk}" in text
    for secret in ("Perangkat Contoh", "Nama Baru", "desa.lontar", "@contoh.id"):
        assert secret not in text


def _log() -> list[LogEntry]:
    return list(LogEntry.objects.order_by("pk"))


def test_every_registered_class_writes_a_nameless_log() -> None:
    loose = [
        model
        for model, kept in admin.site._registry.items()
        if not isinstance(kept, NamelessLog)
    ]
    assert loose == []


def test_groups_tries_and_history_are_not_shown() -> None:
    shown = {model._meta.app_label for model in admin.site._registry}
    assert Group not in admin.site._registry
    assert not shown & {"auth", "axes", "pghistory", "sessions"}


def test_the_list_asks_the_database_as_often_for_fifty_as_for_one(
    inside: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        inside.get(LIST)
    for number in range(50):
        make_user(f"desa.{number}")
    with django_assert_num_queries(6):
        inside.get(LIST)


@pytest.mark.parametrize("words", ["LONTAR", "Contoh desa", "lontar@contoh"])
def test_accounts_are_found_by_name_and_address(
    inside: Client, official: User, words: str
) -> None:
    make_user("serang")
    page = inside.get(LIST, {"q": words}).content.decode()
    assert "desa.lontar" in page
    assert "Contoh serang" not in page


SEARCHED = [model for model, kept in admin.site._registry.items() if kept.search_fields]


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
def test_every_list_is_searched_with_accents_aside(
    inside: Client, model: type[Model]
) -> None:
    names = [
        name for name in admin.site._registry[model].search_fields if "name" in name
    ]
    exact = [name for name in names if not name.endswith("__folded_contains")]
    assert {name.rpartition("__")[2] for name in exact} <= {"username"}
    meta = model._meta
    page = inside.get(
        reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"), {"q": "Renée"}
    )
    assert page.status_code == 200


# --- Adding twice ------------------------------------------------------------


def add_page(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def test_every_page_that_adds_a_row_carries_a_number(
    dataset: Dataset, signed_in: Callable[[str], Client]
) -> None:
    inside = signed_in("admin")
    shown = [inside.get(add_page(model)) for model in admin.site._registry]
    forms = [page.content.decode() for page in shown if page.status_code == 200]
    assert len(forms) >= 10
    assert all(NUMBER.search(form) for form in forms)


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        (User, NEW),
        (Scheme, {"code": "contoh", "name": "Program contoh", "name_en": "Example"}),
        (ActivityKind, {"code": "contoh", "name": "Contoh", "name_en": "Example"}),
    ],
)
def test_a_row_added_twice_by_one_form_is_added_once(
    dataset: Dataset,
    signed_in: Callable[[str], Client],
    model: type[Model],
    typed: dict[str, str],
) -> None:
    url, inside = add_page(model), signed_in("admin")
    before = model._default_manager.count()
    found = NUMBER.search(inside.get(url).content.decode())
    assert found
    sent = typed | {"client_uuid": found[1]}
    first, second = inside.post(url, sent), inside.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert model._default_manager.count() == before + 1


def test_the_list_of_accounts_shows_telephones_as_elsewhere(inside: Client) -> None:
    User.objects.create(username="bertelepon", name="Ani", phone="+6281234567890")
    shown = inside.get("/admin/accounts/user/?q=bertelepon").content.decode()
    assert "0812-3456-7890" in shown
    assert "+62" not in shown
