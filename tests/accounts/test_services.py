"""Who may write what in an account; a refused operation changes no row."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from desabinaan.accounts import services
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import make_user
from tests.locks import locked_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> User:
    return make_user("desa.lontar")


@pytest.fixture
def stranger() -> User:
    return make_user("serang")


@pytest.fixture
def clerk() -> User:
    user = make_user("clerk", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="accounts")
    )
    return user


@pytest.fixture
def chief() -> User:
    return make_user("admin", is_staff=True, is_superuser=True)


def rows() -> list[Mapping[str, Any]]:
    return list(User.objects.order_by("pk").values())


def refused(
    operation: Callable[[], Any], by: type[Exception] = PermissionDenied
) -> None:
    before = rows()
    with pytest.raises(by):
        operation()
    assert rows() == before


CHANGES: list[dict[str, object]] = [
    {"name": "Nama Lain"},
    {"email": "lain@contoh.id"},
    {"language": "en"},
    {"username": "nama.lain"},
    {"is_active": False},
    {"is_staff": True},
    {"is_superuser": True},
]


@pytest.mark.parametrize("values", CHANGES, ids=str)
def test_strangers_change_nothing(
    official: User, stranger: User, values: dict[str, object]
) -> None:
    refused(lambda: services.change_account(official, values, acting_user=stranger))


@pytest.mark.parametrize("values", CHANGES[3:], ids=str)
def test_nobody_raises_renames_or_closes_the_own_account(
    official: User, values: dict[str, object]
) -> None:
    refused(lambda: services.change_account(official, values, acting_user=official))


@pytest.mark.parametrize("values", CHANGES, ids=str)
def test_staff_do_not_change_administrators(
    chief: User, clerk: User, values: dict[str, object]
) -> None:
    refused(lambda: services.change_account(chief, values, acting_user=clerk))


@pytest.mark.parametrize("values", CHANGES[5:], ids=str)
def test_staff_give_no_rights(
    official: User, clerk: User, values: dict[str, object]
) -> None:
    refused(lambda: services.change_account(official, values, acting_user=clerk))


@pytest.mark.parametrize("name", ["is_active", "is_staff", "is_superuser"])
def test_an_administrator_does_not_lock_himself_out(chief: User, name: str) -> None:
    refused(
        lambda: services.change_account(chief, {name: False}, acting_user=chief),
        by=IllegalTransition,
    )


def test_a_closed_administrator_changes_nothing(official: User, chief: User) -> None:
    User.objects.filter(pk=chief.pk).update(is_active=False)
    closed = User.objects.get(pk=chief.pk)
    refused(lambda: services.deactivate(official, acting_user=closed))
    refused(
        lambda: services.create_account(acting_user=closed, username="x", name="Contoh")
    )


@pytest.mark.parametrize("name", ["password", "is_demonstration", "sessions_ended_at"])
def test_other_fields_are_no_fields_of_an_account(chief: User, name: str) -> None:
    refused(
        lambda: services.change_account(chief, {name: "x"}, acting_user=chief),
        by=TypeError,
    )
    refused(
        lambda: services.create_account(
            acting_user=chief, username="x", name="Contoh", **{name: "x"}
        ),
        by=TypeError,
    )


def test_staff_close_and_open_an_account(official: User, clerk: User) -> None:
    assert not services.deactivate(official, acting_user=clerk).is_active
    assert services.activate(official, acting_user=clerk).is_active


def test_a_new_account_cannot_sign_in_yet(stranger: User) -> None:
    made = services.create_account(
        acting_user=stranger, username=" Desa.Baru ", name="Perangkat Contoh"
    )
    assert made.username == "desa.baru"
    assert not made.has_usable_password()
    assert not any((made.is_staff, made.is_superuser))


@pytest.mark.parametrize("username", ["", "desa lontar", "déśa", "desa.lontar", "-x"])
def test_an_invalid_user_name_is_refused(stranger: User, username: str) -> None:
    make_user("desa.lontar")
    refused(
        lambda: services.create_account(
            acting_user=stranger, username=username, name="Perangkat Contoh"
        ),
        by=ValidationError,
    )


@pytest.mark.parametrize("wrong", [{"is_staff": True}, {"is_active": False}])
def test_an_approver_is_active_and_no_administrator(
    chief: User, wrong: dict[str, bool]
) -> None:
    sensitive, second = make_user("triase"), make_user("kanwil", **wrong)
    User.objects.filter(pk=sensitive.pk).update(is_sensitive=True)
    way_in = {"email": "lain@contoh.id"}
    refused(
        lambda: services.change_account(
            sensitive, way_in, acting_user=chief, approver=second
        )
    )


def test_an_account_is_held_while_it_changes(chief: User) -> None:
    changed = partial(services.change_account, chief, {"phone": "+6281199990000"})
    assert locked_by(partial(changed, acting_user=chief)) == ["accounts_user"]
