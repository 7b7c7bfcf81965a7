"""The demonstration's guard, and who wrote what by which route."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client

from desabinaan.accounts import services
from desabinaan.accounts.models import User
from tests.accounts.sign_in import sign_in
from tests.dataset import make_user

pytestmark = pytest.mark.django_db

PATHS = ["/", "/masuk/", "/sehat/", "/admin/", "/akun/"]


@pytest.mark.parametrize("path", PATHS)
def test_production_refuses_a_database_with_demonstration_accounts(
    settings: Any, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    make_user("contoh", is_demonstration=True)
    settings.DEMO = False
    answer = Client().get(path)
    assert answer.status_code == 503
    assert "Basis data berisi akun latihan" in answer.content.decode()
    assert "every request is refused" in caplog.text


def test_production_serves_other_databases_and_asks_once(settings: Any) -> None:
    make_user("kanwil", is_demonstration=False)
    settings.DEMO = False
    browser = Client()
    assert browser.get("/masuk/").status_code == 200
    make_user("contoh", is_demonstration=True)
    assert browser.get("/masuk/").status_code == 200


def test_the_guard_asks_again_where_the_database_did_not_answer(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user("contoh", is_demonstration=True)
    settings.DEMO = False
    browser = Client()

    def away(*_all: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr("django.db.models.query.QuerySet.exists", away)
        assert browser.get("/masuk/").status_code == 200
    assert browser.get("/masuk/").status_code == 503


def test_the_demonstration_serves_its_accounts() -> None:
    make_user("contoh", is_demonstration=True)
    assert Client().get("/masuk/").status_code == 200


def test_demonstration_accounts_need_the_demonstration(settings: Any) -> None:
    made = services.create_demonstration_account(username="contoh", name="Contoh 1")
    assert made.is_demonstration
    assert sign_in(Client(), "contoh", settings.DEMO_PASSWORD).status_code == 302
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        services.create_demonstration_account(username="contoh2", name="Contoh 2")
    assert User.objects.count() == 1


def test_history_names_who_wrote_and_by_which_route() -> None:
    user = make_user("kanwil")
    browser = Client()
    sign_in(browser, "kanwil")
    browser.post(
        "/akun/?rahasia=1",
        {"name": "Petugas Contoh 1", "email": "", "phone": "", "language": "id"},
    )
    assert _last_context() == {"user": user.pk, "route": "accounts:account"}


def _last_context() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata FROM accounts_userevent e JOIN pghistory_context c"
            " ON c.id = e.pgh_context_id ORDER BY e.pgh_id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    context: dict[str, Any] = json.loads(row[0])
    return context
